package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.client.Client;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Computes the size at which the pods of a workload would use as much as is aimed at.
///
/// Models pkg/controller/podautoscaler/replica_calculator.go.
final class ReplicaCalculator {
  private final Client client;
  private final String namespace;
  private final Selector selector;
  private final long current;
  private final Tolerance tolerance;
  private final Instant now;

  ReplicaCalculator(
      Client client,
      String namespace,
      Selector selector,
      long current,
      Tolerance tolerance,
      Instant now) {
    this.client = client;
    this.namespace = namespace;
    this.selector = selector;
    this.current = current;
    this.tolerance = tolerance;
    this.now = now;
  }

  /// How far from the target is near enough.
  record Tolerance(double down, double up) {
    static final double DEFAULT = 0.1;

    boolean covers(double ratio) {
      return 1 - down <= ratio && ratio <= 1 + up;
    }
  }

  /// A size, and what it comes from.
  ///
  /// @param status the metric as the autoscaler's status shows it
  record Proposal(long replicas, JsonObject status) {}

  /// @param container the only one that counts; empty for all
  Proposal compute(String resource, String container, JsonObject target) throws MetricException {
    PodUsage usage = PodUsage.of(client, namespace, selector, resource, container, now);
    return target.has("averageValue")
        ? byValue(usage, resource, Quantity.parse(target.string("averageValue")).milliValue())
        : byUtilization(usage, resource, container, target.integer(0, "averageUtilization"));
  }

  private static void checkMeasured(PodUsage usage, String resource) throws MetricException {
    if (usage.measured().isEmpty()) {
      throw PodUsage.failed(resource, "did not receive metrics for any ready pods");
    }
  }

  private Proposal byUtilization(
      PodUsage usage, String resource, String container, long targetPercent)
      throws MetricException {
    Map<String, Long> requests = usage.requests(resource, container);
    checkMeasured(usage, resource);
    long used = sum(usage.measured(), usage.measured());
    long requested = sum(requests, usage.measured());
    if (requested == 0) {
      throw PodUsage.failed(resource, "no metrics returned matched known pods");
    }
    long percent = used * 100 / requested;
    long replicas =
        replicas(
            usage,
            requests,
            measured ->
                (double) (sum(measured, measured) * 100 / sum(requests, measured)) / targetPercent);
    JsonObject status =
        JsonObject.builder()
            .put("averageUtilization", percent)
            .put("averageValue", Quantity.ofMilli(used / usage.measured().size()).toString())
            .build();
    return new Proposal(replicas, status);
  }

  private Proposal byValue(PodUsage usage, String resource, long targetMilli)
      throws MetricException {
    checkMeasured(usage, resource);
    Map<String, Long> full = new TreeMap<>();
    usage.missing().forEach(pod -> full.put(pod, targetMilli));
    long average = sum(usage.measured(), usage.measured()) / usage.measured().size();
    long replicas =
        replicas(
            usage,
            full,
            measured -> (double) (sum(measured, measured) / measured.size()) / targetMilli);
    return new Proposal(
        replicas,
        JsonObject.builder().put("averageValue", Quantity.ofMilli(average).toString()).build());
  }

  private static long sum(Map<String, Long> values, Map<String, Long> of) {
    return of.keySet().stream().mapToLong(pod -> values.getOrDefault(pod, 0L)).sum();
  }

  /// Pods of which nothing is known are taken to use what would hold a change back.
  private long replicas(
      PodUsage usage, Map<String, Long> full, ToDoubleFunction<Map<String, Long>> ratioOf) {
    double ratio = ratioOf.applyAsDouble(usage.measured());
    boolean withIgnored = !usage.ignored().isEmpty() && ratio > 1;
    if (!withIgnored && usage.missing().isEmpty()) {
      return tolerance.covers(ratio) ? current : (long) Math.ceil(ratio * usage.measured().size());
    }
    Map<String, Long> assumed = new TreeMap<>(usage.measured());
    for (String pod : usage.missing()) {
      assumed.put(pod, ratio < 1 ? full.getOrDefault(pod, 0L) : 0L);
    }
    if (withIgnored) {
      usage.ignored().forEach(pod -> assumed.put(pod, 0L));
    }
    double next = ratioOf.applyAsDouble(assumed);
    boolean turns = (ratio < 1 && next > 1) || (ratio > 1 && next < 1);
    if (tolerance.covers(next) || turns) {
      return current;
    }
    long replicas = (long) Math.ceil(next * assumed.size());
    boolean wrongWay = (next < 1 && replicas > current) || (next > 1 && replicas < current);
    return wrongWay ? current : replicas;
  }
}
