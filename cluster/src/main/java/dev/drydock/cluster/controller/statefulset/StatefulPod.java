package dev.drydock.cluster.controller.statefulset;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.PodControl;
import dev.drydock.cluster.controller.history.ControllerHistory;
import java.util.List;
import java.util.stream.Stream;

/// The pod of a StatefulSet at one ordinal, and the claims that go with it. Models
/// stateful_set_utils.go.
final class StatefulPod {
  private StatefulPod() {}

  static String name(JsonObject set, long ordinal) {
    return ObjectMeta.name(set) + "-" + ordinal;
  }

  /// The number in a pod's name; -1 for a name that is not of the set.
  static long ordinal(JsonObject set, JsonObject pod) {
    String prefix = ObjectMeta.name(set) + "-";
    String name = ObjectMeta.name(pod);
    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    return rest.matches("0|[1-9][0-9]{0,8}") ? Long.parseLong(rest) : -1;
  }

  static String hash(JsonObject pod) {
    return ObjectMeta.labels(pod).getOrDefault(ControllerHistory.HASH, "");
  }

  static JsonObject of(JsonObject set, JsonObject revision, long ordinal) {
    String name = name(set, ordinal);
    JsonObject pod = PodControl.fromTemplate(ControllerHistory.template(revision), set);
    JsonObject labels =
        pod.object("metadata", "labels")
            .with("statefulset.kubernetes.io/pod-name", name)
            .with("apps.kubernetes.io/pod-index", String.valueOf(ordinal))
            .with(ControllerHistory.HASH, ObjectMeta.name(revision));
    JsonObject named =
        ObjectMeta.change(
            pod,
            metadata -> metadata.without("generateName").with("name", name).with("labels", labels));
    JsonObject spec = named.object("spec").with("hostname", name);
    String service = set.string("spec", "serviceName");
    return named.with(
        "spec",
        withClaims(service.isEmpty() ? spec : spec.with("subdomain", service), set, ordinal));
  }

  /// A volume for each claim, in the place of one of the same name that the template may have.
  private static JsonObject withClaims(JsonObject spec, JsonObject set, long ordinal) {
    List<JsonObject> claims = claims(set, ordinal);
    if (claims.isEmpty()) {
      return spec;
    }
    List<String> names = templates(set).map(ObjectMeta::name).toList();
    Stream<JsonObject> mounted =
        templates(set)
            .map(
                template ->
                    JsonObject.of(
                        "name",
                        Json.of(ObjectMeta.name(template)),
                        "persistentVolumeClaim",
                        JsonObject.of("claimName", Json.of(claimName(set, template, ordinal)))));
    Stream<JsonObject> others =
        spec.array("volumes").objects().filter(volume -> !names.contains(volume.string("name")));
    return spec.with("volumes", JsonArray.copyOf(Stream.concat(mounted, others).toList()));
  }

  private static Stream<JsonObject> templates(JsonObject set) {
    return set.array("spec", "volumeClaimTemplates").objects();
  }

  private static String claimName(JsonObject set, JsonObject template, long ordinal) {
    return ObjectMeta.name(template) + "-" + name(set, ordinal);
  }

  static List<JsonObject> claims(JsonObject set, long ordinal) {
    return templates(set)
        .map(
            template -> {
              JsonObject labels = set.object("spec", "selector", "matchLabels");
              JsonObject metadata =
                  JsonObject.builder()
                      .put("name", claimName(set, template, ordinal))
                      .put("namespace", ObjectMeta.namespace(set))
                      .putUnlessEmpty("labels", labels)
                      .putUnlessEmpty("annotations", template.object("metadata", "annotations"))
                      .build();
              return JsonObject.of("metadata", metadata, "spec", template.object("spec"));
            })
        .toList();
  }
}
