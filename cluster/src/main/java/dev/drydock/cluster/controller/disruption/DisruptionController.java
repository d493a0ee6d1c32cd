package dev.drydock.cluster.controller.disruption;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps the status of each PodDisruptionBudget: how many of its pods are healthy, how many must
/// be, and how many may therefore be disrupted. Models pkg/controller/disruption.
public final class DisruptionController extends Controller {
  private static final String BUDGETS = "poddisruptionbudgets.policy";

  /// How long the API server's word that a pod is about to go is believed.
  private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(2);

  public DisruptionController() {
    super("disruption-controller");
  }

  @Override
  public boolean watches(String resource) {
    return switch (resource) {
      case BUDGETS,
          "pods",
          "deployments.apps",
          "replicasets.apps",
          "statefulsets.apps",
          "replicationcontrollers" ->
          true;
      default -> false;
    };
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals(BUDGETS)) {
      return event.type() == WatchEvent.Type.DELETED
          ? Stream.empty()
          : Stream.of(key(event.object()));
    }
    return context.client().list(BUDGETS, ObjectMeta.namespace(event.object())).stream()
        .filter(
            budget ->
                !event.resource().equals("pods")
                    || selects(budget, event.object())
                    || selects(budget, event.previous()))
        .map(Controller::key);
  }

  /// An empty selector selects every pod of the namespace, an absent one none.
  private static boolean selects(JsonObject budget, JsonObject pod) {
    return budget.at("spec", "selector") != null
        && Selector.ofLabelSelector(budget.object("spec", "selector"))
            .matches(ObjectMeta.labels(pod));
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> found = client.get(BUDGETS, namespaceOf(key), nameOf(key));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject budget = found.get();
    List<JsonObject> pods =
        client.list("pods", namespaceOf(key)).stream().filter(p -> selects(budget, p)).toList();
    JsonObject disrupted = disrupted(budget, pods, context.now());
    Expected expected = Expected.of(budget, pods, client);
    long healthy =
        pods.stream()
            .filter(pod -> Pods.isReady(pod) && !ObjectMeta.isBeingDeleted(pod))
            .filter(pod -> !disrupted.has(ObjectMeta.name(pod)))
            .count();
    JsonObject status = status(budget, expected, healthy, disrupted, context.now());
    if (!status.equals(budget.object("status"))) {
      client.updateStatus(BUDGETS, budget.with("status", status));
    }
    return disrupted.isEmpty() ? Duration.ZERO : DELETION_TIMEOUT;
  }

  /// The pods that the API server has let go and that are not yet seen to go.
  private static JsonObject disrupted(JsonObject budget, List<JsonObject> pods, Instant now) {
    JsonObject.Builder left = JsonObject.builder();
    JsonObject known = budget.object("status", "disruptedPods");
    for (JsonObject pod : pods) {
      String since = known.string(ObjectMeta.name(pod));
      boolean counts =
          !ObjectMeta.isBeingDeleted(pod)
              && Times.parse(since)
                  .filter(at -> at.plus(DELETION_TIMEOUT).isAfter(now))
                  .isPresent();
      if (counts) {
        left.put(ObjectMeta.name(pod), since);
      }
    }
    return left.build();
  }

  private static JsonObject status(
      JsonObject budget, Expected expected, long healthy, JsonObject disrupted, Instant now) {
    long allowed = expected.pods() <= 0 ? 0 : Math.max(0, healthy - expected.desiredHealthy());
    JsonObject counted =
        budget
            .object("status")
            .with("currentHealthy", Json.of(healthy))
            .with("desiredHealthy", Json.of(expected.desiredHealthy()))
            .with("disruptionsAllowed", Json.of(allowed))
            .with("expectedPods", Json.of(expected.pods()))
            .with("observedGeneration", Json.of(budget.integer(0, "metadata", "generation")));
    JsonObject noted =
        disrupted.isEmpty()
            ? counted.without("disruptedPods")
            : counted.with("disruptedPods", disrupted);
    JsonObject condition =
        allowed > 0
            ? Conditions.condition("DisruptionAllowed", "True", "SufficientPods", "", now)
            : Conditions.condition("DisruptionAllowed", "False", "InsufficientPods", "", now);
    return Conditions.set(
        noted,
        condition
            .with("message", "")
            .with("observedGeneration", Json.of(budget.integer(0, "metadata", "generation"))));
  }
}
