package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.SystemImages;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A node as its kubelet registers it, and keeps telling that it is alive. Models
/// pkg/kubelet/kubelet_node_status.go and component-helpers/apimachinery/lease.
///
/// @param cluster the name of the cluster
/// @param dedicated whether it is for the control plane alone, since there are other nodes
/// @param address the node's own
/// @param podPrefix the first three bytes of its pods' addresses, like `10.244.0.`
/// @param cpu quantity, as memory
public record NodeRegistration(
    String cluster,
    String name,
    boolean controlPlane,
    boolean dedicated,
    String address,
    String podPrefix,
    String cpu,
    String memory,
    int pods) {
  private static final String LEASE_TIMER = "lease";
  private static final String STATUS_TIMER = "node-status";
  private static final Duration LEASE_PERIOD = Duration.ofSeconds(10);
  private static final Duration STATUS_PERIOD = Duration.ofMinutes(5);
  private static final String LEASES = "leases.coordination.k8s.io";
  private static final String LEASE_NAMESPACE = "kube-node-lease";
  private static final String KUBELET_VERSION = "v1.36.2";
  private static final int IMAGES_MAX = 50;
  private static final String MIGRATED_PLUGINS =
      "kubernetes.io/aws-ebs,kubernetes.io/azure-disk,kubernetes.io/azure-file,kubernetes.io/cinder,"
          + "kubernetes.io/gce-pd,kubernetes.io/portworx-volume,kubernetes.io/vsphere-volume";
  private static final JsonObject TAINT =
      JsonObject.of(
          "key", Json.of("node-role.kubernetes.io/control-plane"), "effect", Json.of("NoSchedule"));
  private static final JsonArray FEATURES =
      JsonArray.of(
          Json.of("ExtendWebSocketsToKubelet"),
          Json.of("InPlacePodLevelResourcesVerticalScaling"),
          Json.of("InPlacePodVerticalScalingInitContainers"),
          Json.of("RestartAllContainersOnContainerExits"));

  public EventRecorder recorder(ComponentContext context) {
    return new EventRecorder(context.client(), context.now(), "kubelet", name);
  }

  void register(ComponentContext context) {
    context.runtime().addNode(name, address, podPrefix);
    SystemImages.ON_NODES.forEach(image -> context.runtime().images().addImage(name, image));
    if (context.client().get("nodes", "", name).isEmpty()) {
      JsonObject created = context.client().create("nodes", node());
      context.client().updateStatus("nodes", created.with("status", status(created, context)));
      context.client().create("csinodes.storage.k8s.io", csiNode(context));
      EventRecorder recorder = recorder(context);
      EventRecorder.Subject subject = EventRecorder.Subject.of(created);
      recorder.normal(subject, "Starting", "Starting kubelet.");
      recorder.normal(
          subject, "NodeAllocatableEnforced", "Updated Node Allocatable limit across pods");
      for (String condition :
          new String[] {"SufficientMemory", "NoDiskPressure", "SufficientPID"}) {
        recorder.normal(
            subject,
            "NodeHas" + condition,
            "Node %s status is now: NodeHas%s".formatted(name, condition));
      }
      recorder.normal(subject, "NodeReady", "Node %s status is now: NodeReady".formatted(name));
    }
    renewLease(context);
    context.setTimer(STATUS_TIMER, STATUS_PERIOD);
  }

  /// @return whether the cluster had given the node up
  boolean onTimer(String timer, ComponentContext context) {
    boolean lost = !isReady(context);
    switch (timer) {
      case LEASE_TIMER -> {
        renewLease(context);
        reportNews(context, lost);
      }
      case STATUS_TIMER -> {
        reportStatus(context);
        context.setTimer(STATUS_TIMER, STATUS_PERIOD);
      }
      default -> throw new IllegalArgumentException("no timer " + timer);
    }
    return lost;
  }

  private boolean isReady(ComponentContext context) {
    return context
        .client()
        .get("nodes", "", name)
        .filter(
            node ->
                node.array("status", "conditions")
                    .objects()
                    .anyMatch(
                        c -> c.string("type").equals("Ready") && c.string("status").equals("True")))
        .isPresent();
  }

  private void reportStatus(ComponentContext context) {
    context
        .client()
        .get("nodes", "", name)
        .ifPresent(
            node ->
                context.client().updateStatus("nodes", node.with("status", status(node, context))));
  }

  /// The status is sent before its time when there is something new in it.
  private void reportNews(ComponentContext context, boolean lost) {
    int shown =
        context
            .client()
            .get("nodes", "", name)
            .map(node -> node.array("status", "images").size())
            .orElse(0);
    if (lost || shown != Math.min(IMAGES_MAX, context.runtime().images().count(name))) {
      reportStatus(context);
    }
  }

  private void renewLease(ComponentContext context) {
    context.setTimer(LEASE_TIMER, LEASE_PERIOD);
    Optional<JsonObject> lease = context.client().get(LEASES, LEASE_NAMESPACE, name);
    if (lease.isPresent()) {
      Json now = Json.of(Times.micros(context.now()));
      context.client().update(LEASES, lease.get().withAt(now, "spec", "renewTime"));
    } else if (context.client().get("namespaces", "", LEASE_NAMESPACE).isPresent()) {
      context.client().create(LEASES, lease(context));
    }
  }

  private JsonObject lease(ComponentContext context) {
    return JsonObject.of(
        "metadata",
        JsonObject.builder()
            .put("name", name)
            .put("namespace", LEASE_NAMESPACE)
            .putUnlessEmpty(
                "ownerReferences",
                context.client().get("nodes", "", name).isPresent()
                    ? JsonArray.of(owner(context))
                    : JsonArray.EMPTY)
            .build(),
        "spec",
        JsonObject.builder()
            .put("holderIdentity", name)
            .put("leaseDurationSeconds", 40)
            .put("renewTime", Times.micros(context.now()))
            .build());
  }

  /// The reference of what belongs to the node.
  JsonObject owner(ComponentContext context) {
    return JsonObject.builder()
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", name)
        .put("uid", context.client().get("nodes", "", name).map(ObjectMeta::uid).orElse(""))
        .build();
  }

  private JsonObject csiNode(ComponentContext context) {
    return JsonObject.of(
        "metadata",
        JsonObject.builder()
            .put("name", name)
            .put(
                "annotations",
                JsonObject.of(
                    "storage.alpha.kubernetes.io/migrated-plugins", Json.of(MIGRATED_PLUGINS)))
            .put("ownerReferences", JsonArray.of(owner(context)))
            .build(),
        "spec",
        JsonObject.of("drivers", JsonNull.NULL));
  }

  private JsonObject node() {
    JsonObject.Builder labels =
        JsonObject.builder()
            .put("beta.kubernetes.io/arch", "amd64")
            .put("beta.kubernetes.io/os", "linux")
            .put("kubernetes.io/arch", "amd64")
            .put("kubernetes.io/hostname", name)
            .put("kubernetes.io/os", "linux");
    if (controlPlane) {
      labels.put("node-role.kubernetes.io/control-plane", "");
    }
    if (dedicated) {
      labels.put("node.kubernetes.io/exclude-from-external-load-balancers", "");
    }
    String cidr = podPrefix + "0/24";
    return JsonObject.of(
        "metadata",
        JsonObject.builder()
            .put("name", name)
            .put("labels", labels.build())
            .put(
                "annotations",
                JsonObject.builder()
                    .put("node.alpha.kubernetes.io/ttl", "0")
                    .put("volumes.kubernetes.io/controller-managed-attach-detach", "true")
                    .build())
            .build(),
        "spec",
        JsonObject.builder()
            .put("podCIDR", cidr)
            .put("podCIDRs", JsonArray.of(Json.of(cidr)))
            .put("providerID", "kind://docker/" + cluster + "/" + name)
            .putUnlessEmpty("taints", dedicated ? JsonArray.of(TAINT) : JsonArray.EMPTY)
            .build());
  }

  /// What pods can have of the node: here all of it.
  public JsonObject allocatable() {
    return JsonObject.builder()
        .put("cpu", Quantity.parse(cpu).toString())
        .put("ephemeral-storage", "101430960Ki")
        .put("hugepages-1Gi", "0")
        .put("hugepages-2Mi", "0")
        .put("memory", Quantity.parse(memory).value() / 1024 + "Ki")
        .put("pods", Integer.toString(pods))
        .build();
  }

  private JsonObject status(JsonObject node, ComponentContext context) {
    return node.object("status").toBuilder()
        .put("capacity", allocatable())
        .put("allocatable", allocatable())
        .put("conditions", conditions(node, context.now()))
        .put("addresses", JsonArray.of(address("InternalIP", address), address("Hostname", name)))
        .put(
            "daemonEndpoints",
            JsonObject.of("kubeletEndpoint", JsonObject.of("Port", Json.of(10250))))
        .put("nodeInfo", nodeInfo())
        .put("images", images(context))
        .put("features", JsonObject.of("supplementalGroupsPolicy", Json.of(true)))
        .put("runtimeHandlers", JsonArray.of(handler(""), handler("runc")))
        .put("declaredFeatures", FEATURES)
        .build();
  }

  private JsonArray images(ComponentContext context) {
    return JsonArray.copyOf(
        context.runtime().images().list(name).stream()
            .limit(IMAGES_MAX)
            .map(NodeRegistration::image)
            .toList());
  }

  /// A pulled image is known by its digest too, one that came with the node by its name alone.
  private static JsonObject image(Image image) {
    String reference = image.reference().toString();
    JsonArray names =
        SystemImages.ON_NODES.contains(reference)
            ? JsonArray.of(Json.of(reference))
            : JsonArray.of(Json.of(image.repoDigest()), Json.of(reference));
    return JsonObject.of("names", names, "sizeBytes", Json.of(image.sizeBytes()));
  }

  private static JsonObject handler(String handler) {
    return JsonObject.of(
        "name",
        Json.of(handler),
        "features",
        JsonObject.of("recursiveReadOnlyMounts", Json.of(true), "userNamespaces", Json.of(true)));
  }

  private static JsonObject address(String type, String address) {
    return JsonObject.of("type", Json.of(type), "address", Json.of(address));
  }

  private static JsonArray conditions(JsonObject node, Instant now) {
    return JsonArray.of(
        condition(
            node,
            now,
            "MemoryPressure",
            "False",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available"),
        condition(
            node,
            now,
            "DiskPressure",
            "False",
            "KubeletHasNoDiskPressure",
            "kubelet has no disk pressure"),
        condition(
            node,
            now,
            "PIDPressure",
            "False",
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available"),
        condition(node, now, "Ready", "True", "KubeletReady", "kubelet is posting ready status"));
  }

  private static JsonObject condition(
      JsonObject node, Instant now, String type, String status, String reason, String message) {
    Json since =
        node.array("status", "conditions")
            .objects()
            .filter(c -> c.string("type").equals(type) && c.string("status").equals(status))
            .map(c -> c.get("lastTransitionTime"))
            .findFirst()
            .orElse(Json.of(Times.seconds(now)));
    return JsonObject.builder()
        .put("type", type)
        .put("status", status)
        .put("lastHeartbeatTime", Times.seconds(now))
        .put("lastTransitionTime", since)
        .put("reason", reason)
        .put("message", message)
        .build();
  }

  private JsonObject nodeInfo() {
    String id =
        java.util
            .UUID
            .nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toString();
    return JsonObject.builder()
        .put("machineID", id.replace("-", ""))
        .put("systemUUID", id)
        .put("bootID", id)
        .put("kernelVersion", "6.12.48+deb13-amd64")
        .put("osImage", "Debian GNU/Linux 13 (trixie)")
        .put("containerRuntimeVersion", "containerd://2.1.4")
        .put("kubeletVersion", KUBELET_VERSION)
        .put("kubeProxyVersion", "")
        .put("operatingSystem", "linux")
        .put("architecture", "amd64")
        .build();
  }
}
