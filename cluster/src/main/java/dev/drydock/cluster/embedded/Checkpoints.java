package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.loop.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.stream.Stream;

/// The moments of a cluster that can be gone back to: one a minute by itself, and those that were
/// asked for. Of each kind the newest few are kept. Thread-safe; belongs to the edge, not to the
/// cluster's value.
final class Checkpoints {
  static final int KEPT_MAX = 10;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final ArrayDeque<Checkpoint> periodic = new ArrayDeque<>();
  private final ArrayDeque<Checkpoint> named = new ArrayDeque<>();

  /// Looks whether it is time for another one.
  synchronized void see(ClusterState state) {
    Checkpoint last = periodic.peekLast();
    if (last == null || !state.now().isBefore(last.time().plus(PERIOD))) {
      add(periodic, new Checkpoint("", state));
    }
  }

  synchronized Checkpoint add(String label, ClusterState state) {
    Checkpoint checkpoint = new Checkpoint(label, state);
    add(named, checkpoint);
    return checkpoint;
  }

  private static void add(ArrayDeque<Checkpoint> to, Checkpoint checkpoint) {
    if (to.size() == KEPT_MAX) {
      to.removeFirst();
    }
    to.addLast(checkpoint);
  }

  synchronized ImmutableList<Checkpoint> all() {
    return Stream.concat(periodic.stream(), named.stream())
        .sorted(java.util.Comparator.comparing(Checkpoint::time))
        .collect(ImmutableList.toImmutableList());
  }

  /// What came after an instant did not happen.
  synchronized void forgetAfter(Instant time) {
    periodic.removeIf(checkpoint -> checkpoint.time().isAfter(time));
    named.removeIf(checkpoint -> checkpoint.time().isAfter(time));
  }

  synchronized void clear() {
    periodic.clear();
    named.clear();
  }
}
