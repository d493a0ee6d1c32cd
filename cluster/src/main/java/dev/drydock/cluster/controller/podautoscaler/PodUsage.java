package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.client.Client;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the pods of a workload use of a resource, in thousandths, and which of them count.
///
/// Models groupPods and calculatePodRequests of replica_calculator.go.
///
/// @param measured usage by pod, of those that count
/// @param ignored pods that are not ready, or too young for their CPU to say anything
/// @param missing pods that should have been measured
record PodUsage(
    List<JsonObject> pods, Map<String, Long> measured, Set<String> ignored, Set<String> missing) {
  private static final Duration CPU_INITIALIZATION = Duration.ofMinutes(5);
  private static final Duration INITIAL_READINESS = Duration.ofSeconds(30);
  private static final String REASON = "FailedGetResourceMetric";

  private record Sample(long milli, Instant time, Duration window) {}

  /// @param container the only one that counts; empty for all
  static PodUsage of(
      Client client,
      String namespace,
      Selector selector,
      String resource,
      String container,
      Instant now)
      throws MetricException {
    Map<String, Sample> samples = samples(client, namespace, selector, resource, container);
    List<JsonObject> pods =
        client.list("pods", namespace).stream()
            .filter(pod -> selector.matches(ObjectMeta.labels(pod)))
            .toList();
    if (pods.isEmpty()) {
      throw failed(resource, "no pods returned by selector while calculating replica count");
    }
    PodUsage usage = new PodUsage(pods, new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    for (JsonObject pod : pods) {
      usage.group(pod, Optional.ofNullable(samples.get(ObjectMeta.name(pod))), resource, now);
    }
    return usage;
  }

  static MetricException failed(String resource, String why) {
    return new MetricException(REASON, "failed to get %s utilization: %s".formatted(resource, why));
  }

  private static Map<String, Sample> samples(
      Client client, String namespace, Selector selector, String resource, String container)
      throws MetricException {
    Map<String, Sample> samples = new TreeMap<>();
    for (JsonObject metrics : client.podMetrics(namespace)) {
      if (selector.matches(ObjectMeta.labels(metrics))) {
        sample(metrics, resource, container)
            .ifPresent(sample -> samples.put(ObjectMeta.name(metrics), sample));
      }
    }
    if (samples.isEmpty()) {
      throw failed(
          resource,
          "unable to get metrics for resource %s: no metrics returned from resource metrics API"
              .formatted(resource));
    }
    return samples;
  }

  private static Optional<Sample> sample(JsonObject metrics, String resource, String container) {
    List<Quantity> usages =
        metrics
            .array("containers")
            .objects()
            .filter(c -> container.isEmpty() || c.string("name").equals(container))
            .map(c -> c.string("usage", resource))
            .filter(text -> !text.isEmpty())
            .map(Quantity::parse)
            .toList();
    if (usages.isEmpty()) {
      return Optional.empty();
    }
    String window = metrics.string("window");
    BigDecimal seconds = new BigDecimal(window.substring(0, window.length() - 1));
    return Optional.of(
        new Sample(
            usages.stream().mapToLong(Quantity::milliValue).sum(),
            Times.parse(metrics.string("timestamp")).orElse(Instant.EPOCH),
            Duration.ofMillis(seconds.movePointRight(3).longValue())));
  }

  private void group(JsonObject pod, Optional<Sample> sample, String resource, Instant now) {
    String name = ObjectMeta.name(pod);
    String phase = pod.string("status", "phase");
    if (ObjectMeta.isBeingDeleted(pod) || phase.equals("Failed")) {
      return;
    }
    if (phase.equals("Pending")) {
      ignored.add(name);
    } else if (sample.isEmpty()) {
      missing.add(name);
    } else if (resource.equals("cpu") && isTooYoung(pod, sample.get(), now)) {
      ignored.add(name);
    } else {
      measured.put(name, sample.get().milli());
    }
  }

  private static boolean isTooYoung(JsonObject pod, Sample sample, Instant now) {
    Optional<Instant> started = Times.parse(pod.string("status", "startTime"));
    Optional<JsonObject> ready =
        pod.array("status", "conditions")
            .objects()
            .filter(c -> c.string("type").equals("Ready"))
            .findFirst();
    if (started.isEmpty() || ready.isEmpty()) {
      return true;
    }
    boolean unready = ready.get().string("status").equals("False");
    Instant since = Times.parse(ready.get().string("lastTransitionTime")).orElse(Instant.EPOCH);
    return started.get().plus(CPU_INITIALIZATION).isAfter(now)
        ? unready || sample.time().isBefore(since.plus(sample.window()))
        : unready && started.get().plus(INITIAL_READINESS).isAfter(since);
  }

  /// What the pods request of the resource, by pod.
  Map<String, Long> requests(String resource, String container) throws MetricException {
    Map<String, Long> requests = new TreeMap<>();
    for (JsonObject pod : pods) {
      long sum = 0;
      for (JsonObject candidate : counted(pod)) {
        String name = candidate.string("name");
        if (!container.isEmpty() && !container.equals(name)) {
          continue;
        }
        String request = candidate.string("resources", "requests", resource);
        if (request.isEmpty()) {
          throw failed(
              resource,
              "missing request for %s in container %s of Pod %s"
                  .formatted(resource, name, ObjectMeta.name(pod)));
        }
        sum += Quantity.parse(request).milliValue();
      }
      requests.put(ObjectMeta.name(pod), sum);
    }
    return requests;
  }

  private static List<JsonObject> counted(JsonObject pod) {
    List<JsonObject> containers =
        new ArrayList<>(pod.array("spec", "containers").objects().toList());
    pod.array("spec", "initContainers")
        .objects()
        .filter(c -> c.string("restartPolicy").equals("Always"))
        .forEach(containers::add);
    return containers;
  }
}
