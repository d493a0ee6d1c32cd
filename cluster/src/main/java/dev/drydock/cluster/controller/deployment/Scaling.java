package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A change of a Deployment's size, which in the midst of a rollout is shared among its ReplicaSets
/// in proportion to theirs. Models scale in sync.go.
final class Scaling {
  private Scaling() {}

  /// Whether the size has changed since the ReplicaSets were last scaled.
  static boolean isDue(DeploymentSync sync) {
    long wanted = Deployments.replicas(sync.deployment());
    return ReplicaSets.active(sync.replicaSets().all()).stream()
        .mapToLong(Revisions::desiredReplicas)
        .anyMatch(desired -> desired >= 0 && desired != wanted);
  }

  static void scale(DeploymentSync sync, ReplicaSets sets) {
    long wanted = Deployments.replicas(sync.deployment());
    List<JsonObject> active = ReplicaSets.active(sets.all());
    Optional<JsonObject> only = activeOrLatest(sets, active);
    if (only.isPresent()) {
      sync.scaleUnlessSame(only.get(), wanted);
    } else if (sets.current().filter(set -> isSaturated(set, wanted)).isPresent()) {
      ReplicaSets.active(sets.old()).forEach(old -> sync.scaleUnlessSame(old, 0));
    } else if (Deployments.isRollingUpdate(sync.deployment())) {
      share(sync, active);
    }
  }

  private static Optional<JsonObject> activeOrLatest(ReplicaSets sets, List<JsonObject> active) {
    return switch (active.size()) {
      case 0 -> sets.current().or(() -> sets.old().reversed().stream().findFirst());
      case 1 -> Optional.of(active.getFirst());
      default -> Optional.empty();
    };
  }

  private static boolean isSaturated(JsonObject set, long wanted) {
    return Revisions.desiredReplicas(set) == wanted
        && ReplicaSets.replicas(set) == wanted
        && ReplicaSets.available(set) == wanted;
  }

  private static void share(DeploymentSync sync, List<JsonObject> active) {
    long wanted = Deployments.replicas(sync.deployment());
    long allowed = wanted > 0 ? wanted + Deployments.maxSurge(sync.deployment()) : 0;
    long toAdd = allowed - ReplicaSets.replicas(active);
    List<JsonObject> sorted = active.stream().sorted(largestFirst(toAdd > 0)).toList();
    long[] sizes = new long[sorted.size()];
    long added = 0;
    for (int i = 0; i < sizes.length; i++) {
      long part = part(sync.deployment(), sorted.get(i), toAdd, added);
      sizes[i] = ReplicaSets.replicas(sorted.get(i)) + part;
      added += part;
    }
    sizes[0] = Math.max(0, sizes[0] + toAdd - added);
    for (int i = 0; i < sizes.length; i++) {
      sync.scale(sorted.get(i), sizes[i]);
    }
  }

  private static Comparator<JsonObject> largestFirst(boolean newestFirst) {
    Comparator<JsonObject> bySize =
        Comparator.comparingLong((JsonObject set) -> ReplicaSets.replicas(set)).reversed();
    return bySize.thenComparing(newestFirst ? ReplicaSets.BY_AGE.reversed() : ReplicaSets.BY_AGE);
  }

  private static long part(JsonObject deployment, JsonObject set, long toAdd, long added) {
    long left = toAdd - added;
    if (toAdd == 0 || left == 0) {
      return 0;
    }
    long fraction = fraction(deployment, set);
    return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
  }

  /// What is to be added to a ReplicaSet so that its share of the whole stays.
  private static long fraction(JsonObject deployment, JsonObject set) {
    long size = ReplicaSets.replicas(set);
    if (Deployments.replicas(deployment) == 0) {
      return -size;
    }
    long recorded = Revisions.maxReplicas(set);
    long before = recorded > 0 ? recorded : deployment.integer(0, "status", "replicas");
    if (before == 0) {
      return 0;
    }
    long max = Deployments.replicas(deployment) + Deployments.maxSurge(deployment);
    return Math.round((double) (size * max) / before) - size;
  }
}
