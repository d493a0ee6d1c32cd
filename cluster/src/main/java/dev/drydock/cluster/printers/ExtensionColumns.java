package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Durations;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of what configures and extends the server itself, and of devices.
final class ExtensionColumns {
  static final ImmutableMap<String, ImmutableList<Column>> BY_RESOURCE =
      ImmutableMap.<String, ImmutableList<Column>>builder()
          .put("apiservices.apiregistration.k8s.io", apiServices())
          .put("certificatesigningrequests.certificates.k8s.io", signingRequests())
          .put("runtimeclasses.node.k8s.io", named(text("Handler", "handler")))
          .put("csinodes.storage.k8s.io", csiNodes())
          .put("csidrivers.storage.k8s.io", csiDrivers())
          .put(
              "csistoragecapacities.storage.k8s.io",
              named(text("StorageClassName", "storageClassName"), text("Capacity", "capacity")))
          .put("volumeattachments.storage.k8s.io", volumeAttachments())
          .put("volumeattributesclasses.storage.k8s.io", named(text("DriverName", "driverName")))
          .put("ipaddresses.networking.k8s.io", ipAddresses())
          .put("servicecidrs.networking.k8s.io", named(list("CIDRs", "spec", "cidrs")))
          .put("flowschemas.flowcontrol.apiserver.k8s.io", flowSchemas())
          .put("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", priorityLevels())
          .put("mutatingwebhookconfigurations.admissionregistration.k8s.io", webhooks())
          .put("validatingwebhookconfigurations.admissionregistration.k8s.io", webhooks())
          .put(
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              policies("Validations", "validations"))
          .put(
              "mutatingadmissionpolicies.admissionregistration.k8s.io",
              policies("Mutations", "mutations"))
          .put("validatingadmissionpolicybindings.admissionregistration.k8s.io", policyBindings())
          .put("mutatingadmissionpolicybindings.admissionregistration.k8s.io", policyBindings())
          .put("resourceclaims.resource.k8s.io", resourceClaims())
          .put("resourceslices.resource.k8s.io", resourceSlices())
          .put("deviceclasses.resource.k8s.io", named())
          .put("resourceclaimtemplates.resource.k8s.io", named())
          .buildOrThrow();

  private ExtensionColumns() {}

  /// Name, what is given, age.
  private static ImmutableList<Column> named(Column... between) {
    return ImmutableList.<Column>builder()
        .add(Column.named())
        .add(between)
        .add(Column.age())
        .build();
  }

  private static Column text(String name, String... path) {
    return Column.of(name, name, (o, _) -> o.string(path));
  }

  private static Column flag(String name, String... path) {
    return new Column(name, "boolean", "", name, 0, (o, _) -> Json.of(o.bool(path)));
  }

  private static Column count(String name, String... path) {
    return Column.integer(name, name, (o, _) -> o.array(path).size());
  }

  private static Column list(String name, String... path) {
    return Column.of(name, name, (o, _) -> joined(o.array(path).strings()));
  }

  private static String joined(Stream<String> words) {
    return words.collect(Collectors.joining(","));
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static ImmutableList<Column> apiServices() {
    return named(
        Column.of(
            "Service",
            "The reference to the service that hosts this API endpoint.",
            (o, _) -> {
              JsonObject service = o.object("spec", "service");
              return service.isEmpty()
                  ? "Local"
                  : service.string("namespace") + "/" + service.string("name");
            }),
        Column.of("Available", "Whether this service is available.", (o, _) -> available(o)));
  }

  private static String available(JsonObject service) {
    return condition(service, "Available")
        .map(c -> c.string("status").equals("True") ? "True" : falseBecause(c))
        .findFirst()
        .orElse("Unknown");
  }

  private static String falseBecause(JsonObject condition) {
    return "%s (%s)".formatted(condition.string("status"), condition.string("reason"));
  }

  private static Stream<JsonObject> condition(JsonObject object, String type) {
    return object
        .array("status", "conditions")
        .objects()
        .filter(condition -> condition.string("type").equals(type));
  }

  private static ImmutableList<Column> signingRequests() {
    return ImmutableList.of(
        Column.named(),
        Column.age(),
        text("SignerName", "spec", "signerName"),
        text("Requestor", "spec", "username"),
        Column.of(
            "RequestedDuration",
            "RequestedDuration",
            (o, _) ->
                o.at("spec", "expirationSeconds") instanceof JsonNumber seconds
                    ? Durations.human(Duration.ofSeconds(seconds.longValue()))
                    : "<none>"),
        Column.of("Condition", "Condition", (o, _) -> signingState(o)));
  }

  /// Models extractCSRStatus.
  private static String signingState(JsonObject request) {
    List<String> types =
        request.array("status", "conditions").objects().map(c -> c.string("type")).toList();
    StringBuilder state = new StringBuilder();
    state.append(
        types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending");
    if (types.contains("Failed")) {
      state.append(",Failed");
    }
    if (!request.string("status", "certificate").isEmpty()) {
      state.append(",Issued");
    }
    return state.toString();
  }

  private static ImmutableList<Column> csiNodes() {
    return named(count("Drivers", "spec", "drivers"));
  }

  private static ImmutableList<Column> csiDrivers() {
    return named(
        flag("AttachRequired", "spec", "attachRequired"),
        flag("PodInfoOnMount", "spec", "podInfoOnMount"),
        flag("StorageCapacity", "spec", "storageCapacity"),
        Column.of(
            "TokenRequests",
            "TokenRequests",
            (o, _) ->
                or(
                    joined(
                        o.array("spec", "tokenRequests").objects().map(t -> t.string("audience"))),
                    "<unset>")),
        flag("RequiresRepublish", "spec", "requiresRepublish"),
        list("Modes", "spec", "volumeLifecycleModes"));
  }

  private static ImmutableList<Column> volumeAttachments() {
    return named(
        text("Attacher", "spec", "attacher"),
        text("PV", "spec", "source", "persistentVolumeName"),
        text("Node", "spec", "nodeName"),
        flag("Attached", "status", "attached"));
  }

  private static ImmutableList<Column> ipAddresses() {
    return named(
        Column.of(
            "ParentRef",
            "ParentRef",
            (o, _) -> {
              JsonObject parent = o.object("spec", "parentRef");
              String group = parent.string("group");
              return joined(Stream.of(parent.string("resource")))
                  + (group.isEmpty() ? "" : "." + group)
                  + "/"
                  + (parent.string("namespace").isEmpty() ? "" : parent.string("namespace") + "/")
                  + parent.string("name");
            }));
  }

  private static ImmutableList<Column> flowSchemas() {
    return ImmutableList.of(
        Column.named(),
        text("PriorityLevel", "spec", "priorityLevelConfiguration", "name"),
        Column.integer(
            "MatchingPrecedence",
            "MatchingPrecedence",
            (o, _) -> o.integer(0, "spec", "matchingPrecedence")),
        Column.of(
            "DistinguisherMethod",
            "DistinguisherMethod",
            (o, _) -> or(o.string("spec", "distinguisherMethod", "type"), "<none>")),
        Column.age(),
        Column.of(
            "MissingPL",
            "MissingPL",
            (o, _) ->
                condition(o, "Dangling").map(c -> c.string("status")).findFirst().orElse("?")));
  }

  private static ImmutableList<Column> priorityLevels() {
    return named(
        text("Type", "spec", "type"),
        Column.of(
            "NominalConcurrencyShares",
            "NominalConcurrencyShares",
            (o, _) -> {
              JsonObject spec = o.object("spec");
              JsonObject level =
                  spec.has("exempt") ? spec.object("exempt") : spec.object("limited");
              return number(level.get("nominalConcurrencyShares"));
            }),
        queuing("Queues", "queues"),
        queuing("HandSize", "handSize"),
        queuing("QueueLengthLimit", "queueLengthLimit"));
  }

  private static Column queuing(String name, String field) {
    return Column.of(
        name, name, (o, _) -> number(o.at("spec", "limited", "limitResponse", "queuing", field)));
  }

  private static String number(@org.jspecify.annotations.Nullable Json value) {
    return value instanceof JsonNumber number ? Long.toString(number.longValue()) : "<none>";
  }

  private static ImmutableList<Column> webhooks() {
    return named(count("Webhooks", "webhooks"));
  }

  private static ImmutableList<Column> policies(String title, String field) {
    return named(
        count(title, "spec", field),
        Column.of(
            "ParamKind",
            "ParamKind",
            (o, _) -> {
              JsonObject kind = o.object("spec", "paramKind");
              return kind.isEmpty()
                  ? "<unset>"
                  : kind.string("apiVersion") + "/" + kind.string("kind");
            }));
  }

  private static ImmutableList<Column> policyBindings() {
    return named(
        text("PolicyName", "spec", "policyName"),
        Column.of(
            "ParamRef",
            "ParamRef",
            (o, _) -> {
              JsonObject ref = o.object("spec", "paramRef");
              if (ref.isEmpty()) {
                return "<unset>";
              }
              String name = or(ref.string("name"), "*");
              String namespace = ref.string("namespace");
              return namespace.isEmpty() ? name : namespace + "/" + name;
            }));
  }

  /// Models printResourceClaim.
  private static ImmutableList<Column> resourceClaims() {
    return named(
        Column.of(
            "State",
            "State",
            (o, _) -> {
              JsonObject status = o.object("status");
              Stream<String> states =
                  Stream.of(
                      o.at("metadata", "deletionTimestamp") == null ? "" : "deleted",
                      status.has("allocation") ? "allocated" : "",
                      status.array("reservedFor").isEmpty() ? "" : "reserved");
              return or(joined(states.filter(state -> !state.isEmpty())), "pending");
            }));
  }

  private static ImmutableList<Column> resourceSlices() {
    return named(
        Column.of(
            "Node",
            "Node",
            (o, _) ->
                o.bool("spec", "allNodes") ? "<all>" : or(o.string("spec", "nodeName"), "<unset>")),
        text("Driver", "spec", "driver"),
        text("Pool", "spec", "pool", "name"));
  }
}
