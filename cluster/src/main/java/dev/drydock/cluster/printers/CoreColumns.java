package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The tables of the core group but pods, and of the kinds that belong to them.
final class CoreColumns {
  static final ImmutableMap<String, ImmutableList<Column>> BY_RESOURCE =
      ImmutableMap.<String, ImmutableList<Column>>builder()
          .put("nodes", nodes())
          .put("namespaces", namespaces())
          .put("services", services())
          .put("endpoints", endpoints())
          .put("configmaps", configMaps())
          .put("secrets", secrets())
          .put("serviceaccounts", nameAndAge())
          .put("events", events())
          .put("resourcequotas", resourceQuotas())
          .put("limitranges", limitRanges())
          .put("componentstatuses", componentStatuses())
          .put("podtemplates", podTemplates())
          .put("leases.coordination.k8s.io", leases())
          .put("endpointslices.discovery.k8s.io", endpointSlices())
          .put("roles.rbac.authorization.k8s.io", createdAt())
          .put("clusterroles.rbac.authorization.k8s.io", createdAt())
          .put("rolebindings.rbac.authorization.k8s.io", bindings())
          .put("clusterrolebindings.rbac.authorization.k8s.io", bindings())
          .put("priorityclasses.scheduling.k8s.io", priorityClasses())
          .put("ingresses.networking.k8s.io", ingresses())
          .put("ingressclasses.networking.k8s.io", ingressClasses())
          .put("networkpolicies.networking.k8s.io", networkPolicies())
          .build();

  private CoreColumns() {}

  private static ImmutableList<Column> nameAndAge() {
    return ImmutableList.of(Column.named(), Column.age());
  }

  private static ImmutableList<Column> createdAt() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Created At",
            Descriptions.CREATION_TIMESTAMP,
            (object, _) -> object.string("metadata", "creationTimestamp")));
  }

  private static ImmutableList<Column> nodes() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Status", "The status of the node", (node, _) -> nodeStatus(node)),
        Column.of("Roles", "The roles of the node", (node, _) -> nodeRoles(node)),
        Column.age(),
        Column.of(
            "Version",
            "Kubelet Version reported by the node.",
            (node, _) -> node.string("status", "nodeInfo", "kubeletVersion")),
        Column.of(
                "Internal-IP",
                "List of addresses reachable to the node.",
                (node, _) -> nodeAddress(node, "InternalIP"))
            .wide(),
        Column.of(
                "External-IP",
                "List of addresses reachable to the node.",
                (node, _) -> nodeAddress(node, "ExternalIP"))
            .wide(),
        Column.of(
                "OS-Image",
                "OS Image reported by the node from /etc/os-release (e.g. Debian GNU/Linux 7 (wheezy)).",
                (node, _) -> orUnknown(node.string("status", "nodeInfo", "osImage")))
            .wide(),
        Column.of(
                "Kernel-Version",
                "Kernel Version reported by the node from 'uname -r' (e.g. 3.16.0-0.bpo.4-amd64).",
                (node, _) -> orUnknown(node.string("status", "nodeInfo", "kernelVersion")))
            .wide(),
        Column.of(
                "Container-Runtime",
                "ContainerRuntime Version reported by the node through runtime remote API (e.g."
                    + " containerd://1.4.2).",
                (node, _) ->
                    orUnknown(node.string("status", "nodeInfo", "containerRuntimeVersion")))
            .wide());
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "<unknown>" : text;
  }

  private static String nodeStatus(JsonObject node) {
    List<String> status = new ArrayList<>();
    node.array("status", "conditions")
        .objects()
        .filter(condition -> condition.string("type").equals("Ready"))
        .map(condition -> condition.string("status").equals("True") ? "Ready" : "NotReady")
        .forEach(status::add);
    if (status.isEmpty()) {
      status.add("Unknown");
    }
    if (node.bool("spec", "unschedulable")) {
      status.add("SchedulingDisabled");
    }
    return String.join(",", status);
  }

  private static String nodeRoles(JsonObject node) {
    String prefix = "node-role.kubernetes.io/";
    List<String> roles =
        node.strings("metadata", "labels").entrySet().stream()
            .map(
                label ->
                    label.getKey().startsWith(prefix)
                        ? label.getKey().substring(prefix.length())
                        : label.getKey().equals("kubernetes.io/role") ? label.getValue() : "")
            .filter(role -> !role.isEmpty())
            .distinct()
            .sorted()
            .toList();
    return PodColumns.joined(roles);
  }

  private static String nodeAddress(JsonObject node, String type) {
    return node.array("status", "addresses")
        .objects()
        .filter(address -> address.string("type").equals(type))
        .map(address -> address.string("address"))
        .findFirst()
        .orElse("<none>");
  }

  private static ImmutableList<Column> namespaces() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Status",
            "The status of the namespace",
            (namespace, _) -> namespace.string("status", "phase")),
        Column.age());
  }

  private static ImmutableList<Column> services() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Type", "How the Service is exposed.", (svc, _) -> svc.string("spec", "type")),
        Column.of(
            "Cluster-IP",
            "The IP address of the service.",
            (svc, _) -> PodColumns.orNone(svc.string("spec", "clusterIP"))),
        Column.of("External-IP", "Addresses outside.", (svc, _) -> externalIps(svc)),
        Column.of("Port(s)", "The ports exposed.", (svc, _) -> servicePorts(svc)),
        Column.age(),
        Column.of(
                "Selector",
                "Which pods get the service's traffic.",
                (svc, _) -> labels(svc.strings("spec", "selector")))
            .wide());
  }

  private static String externalIps(JsonObject service) {
    List<String> given = service.array("spec", "externalIPs").strings().toList();
    return switch (service.string("spec", "type")) {
      case "LoadBalancer" -> {
        List<String> all =
            service
                .array("status", "loadBalancer", "ingress")
                .objects()
                .map(
                    ingress ->
                        ingress.string("ip").isEmpty()
                            ? ingress.string("hostname")
                            : ingress.string("ip"))
                .collect(Collectors.toCollection(ArrayList::new));
        all.addAll(given);
        yield all.isEmpty() ? "<pending>" : String.join(",", all);
      }
      case "ExternalName" -> service.string("spec", "externalName");
      default -> PodColumns.joined(given);
    };
  }

  private static String servicePorts(JsonObject service) {
    return PodColumns.joined(
        service
            .array("spec", "ports")
            .objects()
            .map(
                port -> {
                  long nodePort = port.integer(0, "nodePort");
                  return port.integer(0, "port")
                      + (nodePort > 0 ? ":" + nodePort : "")
                      + "/"
                      + port.string("protocol");
                })
            .toList());
  }

  /// Labels as `key=value,...`, sorted by key.
  static String labels(Map<String, String> labels) {
    return PodColumns.joined(
        labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .toList());
  }

  private static ImmutableList<Column> endpoints() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Endpoints", "The endpoints as ip:port.", (endpoints, _) -> endpointsOf(endpoints)),
        Column.age());
  }

  private static String endpointsOf(JsonObject endpoints) {
    List<String> all =
        endpoints
            .array("subsets")
            .objects()
            .flatMap(
                subset ->
                    subset
                        .array("addresses")
                        .objects()
                        .flatMap(
                            address ->
                                subset
                                    .array("ports")
                                    .objects()
                                    .map(
                                        port ->
                                            address.string("ip") + ":" + port.integer(0, "port"))))
            .toList();
    return all.size() > 3
        ? String.join(",", all.subList(0, 3)) + " + " + (all.size() - 3) + " more..."
        : PodColumns.joined(all);
  }

  private static ImmutableList<Column> endpointSlices() {
    return ImmutableList.of(
        Column.named(),
        Column.of("AddressType", "Type of the addresses.", (s, _) -> s.string("addressType")),
        Column.of("Ports", "The ports.", (s, _) -> slicePorts(s)),
        Column.of("Endpoints", "The addresses.", (s, _) -> sliceAddresses(s)),
        Column.age());
  }

  private static String slicePorts(JsonObject slice) {
    List<String> ports =
        slice.array("ports").objects().map(p -> Long.toString(p.integer(0, "port"))).toList();
    return ports.isEmpty() ? "<unset>" : firstThree(ports);
  }

  private static String sliceAddresses(JsonObject slice) {
    List<String> addresses =
        slice
            .array("endpoints")
            .objects()
            .flatMap(endpoint -> endpoint.array("addresses").strings())
            .toList();
    return addresses.isEmpty() ? "<unset>" : firstThree(addresses);
  }

  private static String firstThree(List<String> all) {
    return all.size() > 3
        ? String.join(",", all.subList(0, 3)) + " + " + (all.size() - 3) + " more..."
        : String.join(",", all);
  }

  private static ImmutableList<Column> configMaps() {
    return ImmutableList.of(
        Column.named(),
        data(
            (map) -> map.object("data").fields().size() + map.object("binaryData").fields().size()),
        Column.age());
  }

  private static Column data(java.util.function.ToLongFunction<JsonObject> count) {
    return new Column(
        "Data",
        "string",
        "",
        "How many entries there are.",
        0,
        (object, _) -> Json.of(count.applyAsLong(object)));
  }

  private static ImmutableList<Column> secrets() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Type", "What the secret holds.", (secret, _) -> secret.string("type")),
        data(secret -> secret.object("data").fields().size()),
        Column.age());
  }

  private static ImmutableList<Column> events() {
    return ImmutableList.of(
        Column.of(
            "Last Seen",
            "Time when this event was last observed",
            (event, context) -> context.since(lastSeen(event))),
        Column.of("Type", "Type of this event.", (event, _) -> event.string("type")),
        Column.of("Reason", "Why the event happened.", (event, _) -> event.string("reason")),
        Column.of("Object", "The object the event is about.", (event, _) -> involved(event)),
        Column.of(
                "Subobject",
                "The part of the object.",
                (event, _) -> event.string("involvedObject", "fieldPath"))
            .wide(),
        Column.of("Source", "Who reports it.", (event, _) -> eventSource(event)).wide(),
        Column.of("Message", "What happened.", (event, _) -> event.string("message").strip()),
        Column.of(
                "First Seen",
                "Time when this event was first observed",
                (event, context) -> context.since(firstSeen(event)))
            .wide(),
        Column.of("Count", "How often it happened.", (event, _) -> Long.toString(count(event)))
            .wide(),
        new Column(
            "Name",
            "string",
            "name",
            Descriptions.NAME,
            1,
            (event, _) -> Json.of(event.string("metadata", "name"))));
  }

  private static String lastSeen(JsonObject event) {
    String series = event.string("series", "lastObservedTime");
    if (!series.isEmpty()) {
      return series;
    }
    String last = event.string("lastTimestamp");
    return last.isEmpty() ? event.string("eventTime") : last;
  }

  private static String firstSeen(JsonObject event) {
    String first = event.string("firstTimestamp");
    return first.isEmpty() ? event.string("eventTime") : first;
  }

  private static long count(JsonObject event) {
    return event.integer(event.integer(1, "count"), "series", "count");
  }

  private static String involved(JsonObject event) {
    return event.string("involvedObject", "kind").toLowerCase(java.util.Locale.ROOT)
        + "/"
        + event.string("involvedObject", "name");
  }

  private static String eventSource(JsonObject event) {
    String component = event.string("source", "component");
    String host = event.string("source", "host");
    String who = component.isEmpty() ? event.string("reportingComponent") : component;
    String where = component.isEmpty() ? event.string("reportingInstance") : host;
    return where.isEmpty() ? who : who + ", " + where;
  }

  private static ImmutableList<Column> resourceQuotas() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Request", "Requests used and allowed.", (quota, _) -> quota(quota, false)),
        Column.of("Limit", "Limits used and allowed.", (quota, _) -> quota(quota, true)),
        Column.age());
  }

  private static String quota(JsonObject quota, boolean limits) {
    return quota.object("status", "hard").fields().keySet().stream()
        .sorted()
        .filter(name -> name.startsWith("limits.") == limits)
        .map(
            name ->
                "%s: %s/%s"
                    .formatted(
                        name,
                        quota.object("status", "used").string(name),
                        quota.object("status", "hard").string(name)))
        .collect(Collectors.joining(", "));
  }

  private static ImmutableList<Column> limitRanges() {
    return createdAt();
  }

  private static ImmutableList<Column> podTemplates() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Containers",
            "Names of each container in the template.",
            (template, _) -> WorkloadColumns.containers(template.object("template"), "name")),
        Column.of(
            "Images",
            "Images referenced by each container in the template.",
            (template, _) -> WorkloadColumns.containers(template.object("template"), "image")),
        Column.of(
            "Pod Labels",
            "The labels for the pod template.",
            (template, _) -> labels(template.object("template").strings("metadata", "labels"))));
  }

  private static ImmutableList<Column> componentStatuses() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Status", "Status of the component conditions", (s, _) -> health(s)),
        Column.of("Message", "Message of the component conditions", (s, _) -> first(s, "message")),
        Column.of("Error", "Error of the component conditions", (s, _) -> first(s, "error")));
  }

  private static String health(JsonObject status) {
    return first(status, "status").equals("True") ? "Healthy" : "Unhealthy";
  }

  private static String first(JsonObject status, String field) {
    return status.array("conditions").objects().map(c -> c.string(field)).findFirst().orElse("");
  }

  private static ImmutableList<Column> leases() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Holder", "Who holds the lease.", (lease, _) -> lease.string("spec", "holderIdentity")),
        Column.age());
  }

  private static ImmutableList<Column> bindings() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Role",
            "The role that is bound.",
            (b, _) -> b.string("roleRef", "kind") + "/" + b.string("roleRef", "name")),
        Column.age(),
        Column.of("Users", "Users in the binding.", (b, _) -> subjects(b, "User")).wide(),
        Column.of("Groups", "Groups in the binding.", (b, _) -> subjects(b, "Group")).wide(),
        Column.of(
                "ServiceAccounts",
                "Service accounts in the binding.",
                (b, _) -> subjects(b, "ServiceAccount"))
            .wide());
  }

  private static String subjects(JsonObject binding, String kind) {
    return binding
        .array("subjects")
        .objects()
        .filter(subject -> subject.string("kind").equals(kind))
        .map(
            subject ->
                kind.equals("ServiceAccount")
                    ? subject.string("namespace") + "/" + subject.string("name")
                    : subject.string("name"))
        .collect(Collectors.joining(", "));
  }

  private static ImmutableList<Column> priorityClasses() {
    return ImmutableList.of(
        Column.named(),
        Column.integer("Value", "The priority.", (p, _) -> p.integer(0, "value")),
        new Column(
            "Global-Default",
            "boolean",
            "",
            "Whether pods without a class have this one.",
            0,
            (p, _) -> Json.of(p.bool("globalDefault"))),
        Column.age(),
        Column.of(
            "PreemptionPolicy",
            "Whether pods of this class preempt others.",
            (p, _) ->
                p.string("preemptionPolicy").isEmpty()
                    ? "PreemptLowerPriority"
                    : p.string("preemptionPolicy")));
  }

  private static ImmutableList<Column> ingresses() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Class",
            "The ingress class.",
            (i, _) -> PodColumns.orNone(i.string("spec", "ingressClassName"))),
        Column.of("Hosts", "Hosts that rules match.", (i, _) -> hosts(i)),
        Column.of("Address", "Where it is reached.", (i, _) -> ingressAddress(i)),
        Column.of(
            "Ports",
            "Ports that it opens.",
            (i, _) -> i.array("spec", "tls").isEmpty() ? "80" : "80, 443"),
        Column.age());
  }

  private static String hosts(JsonObject ingress) {
    List<String> hosts =
        ingress
            .array("spec", "rules")
            .objects()
            .map(rule -> rule.string("host").isEmpty() ? "*" : rule.string("host"))
            .toList();
    return hosts.isEmpty() ? "*" : firstThree(hosts);
  }

  private static String ingressAddress(JsonObject ingress) {
    return ingress
        .array("status", "loadBalancer", "ingress")
        .objects()
        .map(i -> i.string("ip").isEmpty() ? i.string("hostname") : i.string("ip"))
        .collect(Collectors.joining(","));
  }

  private static ImmutableList<Column> ingressClasses() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Controller", "Who serves it.", (c, _) -> c.string("spec", "controller")),
        Column.of(
            "Parameters",
            "Where its parameters are.",
            (c, _) -> PodColumns.orNone(c.string("spec", "parameters", "name"))),
        Column.age());
  }

  private static ImmutableList<Column> networkPolicies() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Pod-Selector",
            "The pods it is about.",
            (p, _) -> labels(p.strings("spec", "podSelector", "matchLabels"))),
        Column.age());
  }
}
