package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.controller.podautoscaler.ReplicaCalculator.Proposal;
import dev.drydock.cluster.controller.podautoscaler.ReplicaCalculator.Tolerance;
import dev.drydock.cluster.loop.ComponentContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One look at one autoscaler. Models reconcileAutoscaler of
/// pkg/controller/podautoscaler/horizontal.go.
///
/// Pods, Object and External metrics fail as they do where no adapter serves custom metrics.
final class AutoscalerSync {
  private static final String CANNOT = "the HPA was unable to compute the replica count: ";

  private final JsonObject autoscaler;
  private final ComponentContext context;
  private final EventRecorder events;
  private final EventRecorder.Subject subject;
  private JsonObject status;
  private History history;

  AutoscalerSync(JsonObject autoscaler, History history, ComponentContext context) {
    this.autoscaler = autoscaler;
    this.history = history;
    this.context = context;
    this.status = autoscaler.object("status");
    this.subject = EventRecorder.Subject.of(autoscaler);
    this.events =
        new EventRecorder(context.client(), context.now(), "horizontal-pod-autoscaler", "");
  }

  /// A size and the metric that asks for it.
  private record Wanted(long replicas, String metric) {}

  History run() {
    Optional<JsonObject> target = Targets.find(autoscaler, context.client());
    if (target.isEmpty()) {
      String why = Targets.absence(autoscaler.object("spec", "scaleTargetRef"));
      events.warning(subject, "FailedGetScale", why);
      condition(
          "AbleToScale",
          "False",
          "FailedGetScale",
          "the HPA controller was unable to get the target's current scale: " + why);
    } else {
      condition(
          "AbleToScale",
          "True",
          "SucceededGetScale",
          "the HPA controller was able to get the target's current scale");
      decide(target.get());
    }
    if (!status.equals(autoscaler.object("status"))) {
      context
          .client()
          .updateStatus(
              HorizontalPodAutoscalerController.AUTOSCALERS, autoscaler.with("status", status));
    }
    return history;
  }

  private void condition(String type, String value, String reason, String message) {
    Optional<JsonObject> old =
        status.array("conditions").objects().filter(c -> c.string("type").equals(type)).findFirst();
    String since =
        old.filter(c -> c.string("status").equals(value))
            .map(c -> c.string("lastTransitionTime"))
            .orElse(Times.seconds(context.now()));
    JsonObject next =
        JsonObject.builder()
            .put("type", type)
            .put("status", value)
            .put("lastTransitionTime", since)
            .put("reason", reason)
            .put("message", message)
            .build();
    JsonArray conditions = status.array("conditions");
    status =
        status.with(
            "conditions",
            old.isPresent()
                ? conditions.map(c -> c.equals(old.get()) ? next : c)
                : conditions.plus(next));
  }

  private void decide(JsonObject target) {
    JsonObject spec = autoscaler.object("spec");
    long current = target.integer(1, "spec", "replicas");
    long min = spec.integer(1, "minReplicas");
    long max = spec.integer(1, "maxReplicas");
    if (history.recommendations().isEmpty()) {
      history = history.recommended(current, context.now());
    }
    if (current == 0 && min != 0) {
      condition(
          "ScalingActive",
          "False",
          "ScalingDisabled",
          "scaling is disabled since the replica count of the target is zero");
      report(current, 0);
    } else if (current > max) {
      rescale(target, current, max, "Current number of replicas above Spec.MaxReplicas");
    } else if (current < min) {
      rescale(target, current, min, "Current number of replicas below Spec.MinReplicas");
    } else {
      follow(target, current, min, max);
    }
  }

  private void report(long current, long desired) {
    status =
        status.toBuilder().put("currentReplicas", current).put("desiredReplicas", desired).build();
  }

  private void follow(JsonObject target, long current, long min, long max) {
    Optional<Wanted> wanted = wanted(target, current);
    if (wanted.isEmpty()) {
      report(current, status.integer(0, "desiredReplicas"));
      return;
    }
    long asked = wanted.get().replicas();
    Limits limits =
        new Limits(autoscaler.object("spec", "behavior"), history, min, max, context.now());
    Limits.Decision stable = limits.stabilized(current, asked);
    history = history.recommended(asked, context.now());
    condition("AbleToScale", "True", stable.reason(), stable.message());
    Limits.Decision bounded = limits.bounded(current, stable.replicas());
    boolean free = bounded.replicas() == stable.replicas();
    condition("ScalingLimited", free ? "False" : "True", bounded.reason(), bounded.message());
    if (bounded.replicas() == current) {
      report(current, current);
    } else {
      rescale(
          target,
          current,
          bounded.replicas(),
          asked > current ? wanted.get().metric() + " above target" : "All metrics below target");
    }
  }

  private void rescale(JsonObject target, long current, long desired, String reason) {
    String resource = Targets.resource(autoscaler.object("spec", "scaleTargetRef")).orElseThrow();
    try {
      context
          .client()
          .scale(resource, ObjectMeta.namespace(target), ObjectMeta.name(target), desired);
    } catch (StatusException e) {
      events.warning(
          subject,
          "FailedRescale",
          "New size: %d; reason: %s; error: %s".formatted(desired, reason, e.text()));
      condition(
          "AbleToScale",
          "False",
          "FailedUpdateScale",
          "the HPA controller was unable to update the target scale: " + e.text());
      report(current, status.integer(0, "desiredReplicas"));
      return;
    }
    condition(
        "AbleToScale",
        "True",
        "SucceededRescale",
        "the HPA controller was able to update the target scale to " + desired);
    events.normal(
        subject, "SuccessfulRescale", "New size: %d; reason: %s".formatted(desired, reason));
    history = history.changed(desired - current, context.now());
    report(current, desired);
    status = status.with("lastScaleTime", Times.seconds(context.now()));
  }

  /// The largest size that a metric asks for; empty when none says anything, or when one is missing
  /// and the others ask for fewer.
  private Optional<Wanted> wanted(JsonObject target, long current) {
    List<JsonObject> metrics = autoscaler.array("spec", "metrics").objects().toList();
    List<MetricException> failures = new ArrayList<>();
    List<JsonObject> shown = new ArrayList<>();
    Optional<Wanted> largest = Optional.empty();
    for (JsonObject metric : metrics) {
      try {
        Proposal proposal = Metric.compute(metric, calculator(target, current));
        shown.add(Metric.status(metric, proposal.status()));
        if (largest.isEmpty() || proposal.replicas() > largest.get().replicas()) {
          largest = Optional.of(new Wanted(proposal.replicas(), Metric.word(metric)));
        }
      } catch (MetricException e) {
        events.warning(subject, e.reason(), e.text());
        shown.add(JsonObject.of("type", Json.of("")));
        failures.add(e);
      }
    }
    boolean fewer = largest.filter(wanted -> wanted.replicas() < current).isPresent();
    if (largest.isEmpty() || (!failures.isEmpty() && fewer)) {
      fail(failures, metrics);
      return Optional.empty();
    }
    status = status.with("currentMetrics", JsonArray.copyOf(shown));
    condition(
        "ScalingActive",
        "True",
        "ValidMetricFound",
        "the HPA was able to successfully calculate a replica count from "
            + largest.get().metric());
    return largest;
  }

  private void fail(List<MetricException> failures, List<JsonObject> metrics) {
    MetricException first = failures.getFirst();
    condition("ScalingActive", "False", first.reason(), CANNOT + first.text());
    events.warning(
        subject,
        "FailedComputeMetricsReplicas",
        "invalid metrics (%d invalid out of %d), first error is: %s: %s"
            .formatted(
                failures.size(), metrics.size(), Metric.failed(metrics.getFirst()), first.text()));
  }

  private ReplicaCalculator calculator(JsonObject target, long current) {
    JsonObject behavior = autoscaler.object("spec", "behavior");
    Selector selector =
        target.string("kind").equals("ReplicationController")
            ? Selector.ofLabels(target.strings("spec", "selector"))
            : Selector.ofLabelSelector(target.object("spec", "selector"));
    return new ReplicaCalculator(
        context.client(),
        ObjectMeta.namespace(autoscaler),
        selector,
        current,
        new Tolerance(
            Metric.tolerance(behavior.object("scaleDown")),
            Metric.tolerance(behavior.object("scaleUp"))),
        context.now());
  }
}
