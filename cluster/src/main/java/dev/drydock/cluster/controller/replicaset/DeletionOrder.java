package dev.drydock.cluster.controller.replicaset;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/// Which of its pods an owner deletes first when it has too many: those that do least, and then
/// those that crowd a node, are young, or have restarted most.
///
/// Models ActivePodsWithRanks of pkg/controller: ages are compared by their order of magnitude and
/// then by uid, so that it is not always the newest that goes.
///
/// @param related pods of the same kind on each node, by the node's name
record DeletionOrder(ImmutableMap<String, Integer> related, Instant now)
    implements Comparator<JsonObject> {
  private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  @Override
  public int compare(JsonObject a, JsonObject b) {
    return Comparator.comparing((JsonObject pod) -> !node(pod).isEmpty())
        .thenComparingInt(pod -> activity(Pods.phase(pod)))
        .thenComparing(Pods::isReady)
        .thenComparingInt(DeletionOrder::cost)
        .thenComparing(pod -> related.getOrDefault(node(pod), 0), Comparator.reverseOrder())
        .thenComparingInt(pod -> magnitude(Pods.readySince(pod).orElse(now)))
        .thenComparing(DeletionOrder::restarts, Comparator.reverseOrder())
        .thenComparingInt(pod -> magnitude(Pods.created(pod)))
        .thenComparing(ObjectMeta::uid)
        .compare(a, b);
  }

  private static String node(JsonObject pod) {
    return pod.string("spec", "nodeName");
  }

  private static int activity(String phase) {
    return switch (phase) {
      case "Running" -> 2;
      case "Unknown" -> 1;
      default -> 0;
    };
  }

  private static int cost(JsonObject pod) {
    String cost = ObjectMeta.annotations(pod).getOrDefault(COST, "0");
    return cost.matches("-?[0-9]{1,9}") ? Integer.parseInt(cost) : 0;
  }

  /// The power of two below the age in nanoseconds.
  private int magnitude(Instant since) {
    long age = Duration.between(since, now).toNanos();
    return age <= 0 ? -1 : 63 - Long.numberOfLeadingZeros(age);
  }

  private static long restarts(JsonObject pod) {
    return pod.array("status", "containerStatuses")
        .objects()
        .mapToLong(status -> status.integer(0, "restartCount"))
        .max()
        .orElse(0);
  }
}
