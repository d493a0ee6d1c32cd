package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A node as its kubelet registers it, and keeps telling that it is alive. Models
/// pkg/kubelet/kubelet_node_status.go and component-helpers/apimachinery/lease.
///
/// @param address the node's own
/// @param podPrefix the first three bytes of its pods' addresses, like `10.244.0.`
/// @param cpu quantity, as memory
public record NodeRegistration(
    String name,
    boolean controlPlane,
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

  public EventRecorder recorder(ComponentContext context) {
    return new EventRecorder(context.client(), context.now(), "kubelet", name);
  }

  void register(ComponentContext context) {
    context.runtime().addNode(name, address, podPrefix);
    if (context.client().get("nodes", "", name).isEmpty()) {
      JsonObject created = context.client().create("nodes", node());
      context
          .client()
          .updateStatus("nodes", created.with("status", status(created, context.now())));
      EventRecorder recorder = recorder(context);
      EventRecorder.Subject subject = EventRecorder.Subject.of(created);
      recorder.normal(subject, "Starting", "Starting kubelet.");
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

  void onTimer(String timer, ComponentContext context) {
    switch (timer) {
      case LEASE_TIMER -> renewLease(context);
      case STATUS_TIMER -> {
        reportStatus(context);
        context.setTimer(STATUS_TIMER, STATUS_PERIOD);
      }
      default -> throw new IllegalArgumentException("no timer " + timer);
    }
  }

  private void reportStatus(ComponentContext context) {
    context
        .client()
        .get("nodes", "", name)
        .ifPresent(
            node ->
                context
                    .client()
                    .updateStatus("nodes", node.with("status", status(node, context.now()))));
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
    JsonArray owner =
        context
            .client()
            .get("nodes", "", name)
            .map(
                node ->
                    JsonArray.of(
                        JsonObject.builder()
                            .put("apiVersion", "v1")
                            .put("kind", "Node")
                            .put("name", name)
                            .put("uid", ObjectMeta.uid(node))
                            .build()))
            .orElse(JsonArray.EMPTY);
    return JsonObject.of(
        "metadata",
        JsonObject.builder()
            .put("name", name)
            .put("namespace", LEASE_NAMESPACE)
            .putUnlessEmpty("ownerReferences", owner)
            .build(),
        "spec",
        JsonObject.builder()
            .put("holderIdentity", name)
            .put("leaseDurationSeconds", 40)
            .put("renewTime", Times.micros(context.now()))
            .build());
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
            .put(
                "providerID",
                "kind://docker/" + name.replaceAll("-control-plane$", "") + "/" + name)
            .build());
  }

  /// What pods can have of the node: here all of it.
  public JsonObject allocatable() {
    return JsonObject.builder()
        .put("cpu", Quantity.parse(cpu).toString())
        .put("ephemeral-storage", "101430960Ki")
        .put("hugepages-1Gi", "0")
        .put("hugepages-2Mi", "0")
        .put("memory", Quantity.parse(memory).toString())
        .put("pods", Integer.toString(pods))
        .build();
  }

  private JsonObject status(JsonObject node, Instant now) {
    return node.object("status").toBuilder()
        .put("capacity", allocatable())
        .put("allocatable", allocatable())
        .put("conditions", conditions(node, now))
        .put("addresses", JsonArray.of(address("InternalIP", address), address("Hostname", name)))
        .put(
            "daemonEndpoints",
            JsonObject.of("kubeletEndpoint", JsonObject.of("Port", Json.of(10250))))
        .put("nodeInfo", nodeInfo())
        .build();
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
