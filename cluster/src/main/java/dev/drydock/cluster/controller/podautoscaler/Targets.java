package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import java.util.Map;
import java.util.Optional;

/// What an autoscaler may scale: the built-in kinds that have a `scale`.
final class Targets {
  private static final Map<String, String> RESOURCES =
      Map.of(
          "apps/Deployment", "deployments.apps",
          "apps/ReplicaSet", "replicasets.apps",
          "apps/StatefulSet", "statefulsets.apps",
          "/ReplicationController", "replicationcontrollers");

  private Targets() {}

  /// The resource of a reference; empty when there is none of its kind.
  static Optional<String> resource(JsonObject reference) {
    String version = reference.string("apiVersion");
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    return Optional.ofNullable(RESOURCES.get(group + "/" + reference.string("kind")));
  }

  static Optional<JsonObject> find(JsonObject autoscaler, Client client) {
    JsonObject reference = autoscaler.object("spec", "scaleTargetRef");
    return resource(reference)
        .flatMap(
            resource ->
                client.get(resource, ObjectMeta.namespace(autoscaler), reference.string("name")));
  }

  /// Why a target was not found.
  static String absence(JsonObject reference) {
    Optional<String> resource = resource(reference);
    if (resource.isPresent()) {
      return "%s \"%s\" not found".formatted(resource.get(), reference.string("name"));
    }
    String version = reference.string("apiVersion");
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    String kind = reference.string("kind");
    return "no matches for kind \"%s\" in group \"%s\"".formatted(kind, group);
  }
}
