package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.StoredObject;
import dev.drydock.cluster.storage.Transaction;
import java.util.List;

/// Deletes pods as their disruption budgets allow. Models
/// pkg/registry/core/pod/storage/eviction.go.
final class Evictions {
  private static final String BUDGETS = "poddisruptionbudgets.policy";
  private static final String REFUSAL =
      "Cannot evict pod as it would violate the pod's disruption budget.";

  private Evictions() {}

  static void evict(ServerRequest request, ResourceStore store, JsonObject eviction) {
    String namespace = request.info().namespace();
    String name = request.info().name();
    JsonObject pod = store.get(ReadHandler.context(request), namespace, name).object();
    boolean dryRun =
        request.isDryRun()
            || eviction.array("deleteOptions", "dryRun").strings().anyMatch("All"::equals);
    if (!countsForNoBudget(pod)) {
      takeFromBudget(pod, request.transaction(), dryRun);
      if (!dryRun) {
        markDisrupted(pod, request.transaction());
      }
    }
    if (!dryRun) {
      store.delete(
          ReadHandler.context(request),
          namespace,
          name,
          eviction.object("deleteOptions"),
          WriteHandler.options(request));
    }
  }

  private static boolean countsForNoBudget(JsonObject pod) {
    return switch (pod.string("status", "phase")) {
      case "Succeeded", "Failed", "Pending" -> true;
      default -> ObjectMeta.isBeingDeleted(pod);
    };
  }

  private static void takeFromBudget(JsonObject pod, Transaction transaction, boolean dryRun) {
    List<JsonObject> budgets =
        transaction
            .store()
            .list(BUDGETS, ObjectMeta.namespace(pod))
            .map(StoredObject::object)
            .filter(budget -> selects(budget, pod))
            .toList();
    if (budgets.size() > 1) {
      throw StatusException.of(
          StatusReason.INTERNAL_ERROR,
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
    }
    for (JsonObject budget : budgets) {
      if (mayGoUnhealthy(pod, budget)) {
        continue;
      }
      check(budget);
      if (!dryRun) {
        takeOne(budget, pod, transaction);
      }
    }
  }

  private static boolean selects(JsonObject budget, JsonObject pod) {
    return budget.at("spec", "selector") != null
        && Selector.ofLabelSelector(budget.object("spec", "selector"))
            .matches(ObjectMeta.labels(pod));
  }

  /// A pod that is not ready protects nothing, as long as enough others are.
  private static boolean mayGoUnhealthy(JsonObject pod, JsonObject budget) {
    boolean ready =
        pod.array("status", "conditions")
            .objects()
            .anyMatch(c -> c.string("type").equals("Ready") && c.string("status").equals("True"));
    if (ready) {
      return false;
    }
    long desired = budget.integer(0, "status", "desiredHealthy");
    return budget.string("spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")
        || (desired > 0 && budget.integer(0, "status", "currentHealthy") >= desired);
  }

  private static void check(JsonObject budget) {
    String name = ObjectMeta.name(budget);
    boolean processed =
        budget.integer(0, "status", "observedGeneration")
            >= budget.integer(0, "metadata", "generation");
    if (!processed) {
      throw refusal(
          "The disruption budget %s is still being processed by the server.".formatted(name), 10);
    }
    if (budget.integer(0, "status", "disruptionsAllowed") <= 0) {
      throw refusal(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  budget.integer(0, "status", "desiredHealthy"),
                  budget.integer(0, "status", "currentHealthy")),
          0);
    }
  }

  private static StatusException refusal(String cause, int retryAfterSeconds) {
    return StatusException.tooManyRequests(REFUSAL, "DisruptionBudget", cause, retryAfterSeconds);
  }

  private static void takeOne(JsonObject budget, JsonObject pod, Transaction transaction) {
    long allowed = budget.integer(0, "status", "disruptionsAllowed") - 1;
    JsonObject taken =
        budget
            .withAt(Json.of(allowed), "status", "disruptionsAllowed")
            .withAt(
                Json.of(Times.seconds(transaction.now())),
                "status",
                "disruptedPods",
                ObjectMeta.name(pod));
    ObjectKey key = new ObjectKey(BUDGETS, ObjectMeta.namespace(budget), ObjectMeta.name(budget));
    transaction.replace(transaction.store().put(key, taken));
  }

  private static void markDisrupted(JsonObject pod, Transaction transaction) {
    JsonObject condition =
        JsonObject.builder()
            .put("type", "DisruptionTarget")
            .put("status", "True")
            .put("observedGeneration", pod.integer(1, "metadata", "generation"))
            .put("lastProbeTime", dev.drydock.cluster.apimachinery.json.JsonNull.NULL)
            .put("lastTransitionTime", Times.seconds(transaction.now()))
            .put("reason", "EvictionByEvictionAPI")
            .put("message", "Eviction API: evicting")
            .build();
    JsonArray others =
        JsonArray.copyOf(
            pod.array("status", "conditions")
                .objects()
                .filter(c -> !c.string("type").equals("DisruptionTarget"))
                .toList());
    ObjectKey key = new ObjectKey("pods", ObjectMeta.namespace(pod), ObjectMeta.name(pod));
    transaction.replace(
        transaction.store().put(key, pod.withAt(others.plus(condition), "status", "conditions")));
  }
}
