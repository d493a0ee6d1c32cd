package dev.drydock.cluster.controller.disruption;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.IntOrString;
import dev.drydock.cluster.client.Client;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many pods a budget expects, and how many of them must be healthy. Models getExpectedPodCount
/// of pkg/controller/disruption.
record Expected(long pods, long desiredHealthy) {

  static Expected of(JsonObject budget, List<JsonObject> pods, Client client) {
    Json maxUnavailable = budget.at("spec", "maxUnavailable");
    if (maxUnavailable != null) {
      long scale = scale(pods, client);
      return new Expected(scale, Math.max(0, scale - scaled(maxUnavailable, scale)));
    }
    Json minAvailable = budget.at("spec", "minAvailable");
    if (minAvailable == null) {
      return new Expected(pods.size(), 1);
    }
    if (minAvailable instanceof JsonNumber number) {
      return new Expected(pods.size(), number.longValue());
    }
    long scale = scale(pods, client);
    return new Expected(scale, scaled(minAvailable, scale));
  }

  /// A number, or a percentage rounded up.
  private static long scaled(Json value, long of) {
    return IntOrString.of(value).scaled(of, true).orElse(0);
  }

  /// What the controllers of the pods want in all, each counted once.
  private static long scale(List<JsonObject> pods, Client client) {
    Map<String, Long> byController = new HashMap<>();
    for (JsonObject pod : pods) {
      controller(pod, client)
          .ifPresent(
              owner ->
                  byController.put(ObjectMeta.uid(owner), owner.integer(1, "spec", "replicas")));
    }
    return byController.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The deployment rather than its replica set.
  private static Optional<JsonObject> controller(JsonObject object, Client client) {
    return ObjectMeta.controllerOf(object)
        .flatMap(
            owner ->
                resource(owner.string("kind"))
                    .flatMap(
                        resource ->
                            client.get(
                                resource, ObjectMeta.namespace(object), owner.string("name"))))
        .map(
            owner ->
                owner.string("kind").equals("ReplicaSet")
                    ? controller(owner, client).orElse(owner)
                    : owner);
  }

  private static Optional<String> resource(String kind) {
    return switch (kind) {
      case "ReplicaSet" -> Optional.of("replicasets.apps");
      case "Deployment" -> Optional.of("deployments.apps");
      case "StatefulSet" -> Optional.of("statefulsets.apps");
      case "ReplicationController" -> Optional.of("replicationcontrollers");
      default -> Optional.empty();
    };
  }
}
