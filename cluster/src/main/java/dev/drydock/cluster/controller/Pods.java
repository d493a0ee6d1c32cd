package dev.drydock.cluster.controller;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What controllers ask of a pod. Models pkg/api/v1/pod and IsPodActive of pkg/controller.
public final class Pods {
  private Pods() {}

  public static String phase(JsonObject pod) {
    return pod.string("status", "phase");
  }

  public static boolean hasEnded(JsonObject pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  /// Whether it still counts: it has not ended, and nobody has asked it to.
  public static boolean isActive(JsonObject pod) {
    return !hasEnded(pod) && !ObjectMeta.isBeingDeleted(pod);
  }

  public static boolean isTerminating(JsonObject pod) {
    return !hasEnded(pod) && ObjectMeta.isBeingDeleted(pod);
  }

  /// Since when it is ready; empty when it is not.
  public static Optional<Instant> readySince(JsonObject pod) {
    return pod.array("status", "conditions")
        .objects()
        .filter(c -> c.string("type").equals("Ready") && c.string("status").equals("True"))
        .findFirst()
        .map(c -> Times.parse(c.string("lastTransitionTime")).orElse(Instant.EPOCH));
  }

  public static boolean isReady(JsonObject pod) {
    return readySince(pod).isPresent();
  }

  /// Whether it has been ready for as long as its owner asks.
  public static boolean isAvailable(JsonObject pod, long minReadySeconds, Instant now) {
    return readySince(pod)
        .filter(since -> !since.plusSeconds(minReadySeconds).isAfter(now))
        .isPresent();
  }

  /// How long until a ready pod becomes available; zero when it is, or is not ready.
  public static Duration untilAvailable(JsonObject pod, long minReadySeconds, Instant now) {
    return readySince(pod)
        .map(since -> Duration.between(now, since.plusSeconds(minReadySeconds)))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  public static Instant created(JsonObject object) {
    return Times.parse(object.string("metadata", "creationTimestamp")).orElse(Instant.EPOCH);
  }
}
