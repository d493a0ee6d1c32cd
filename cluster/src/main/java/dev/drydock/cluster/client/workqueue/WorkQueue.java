package dev.drydock.cluster.client.workqueue;

import java.time.Duration;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPSet;
import org.pcollections.PMap;

/// The keys a controller has still to look at, each once, in order, and how often each has failed.
/// Immutable. Models client-go/util/workqueue with its default exponential limiter.
///
/// @param waiting keys to be handled, oldest first
/// @param failures failures in a row, by key
public record WorkQueue(OrderedPSet<String> waiting, PMap<String, Integer> failures) {
  private static final Duration BACKOFF_BASE = Duration.ofMillis(5);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(1000);

  public static final WorkQueue EMPTY = new WorkQueue(OrderedPSet.empty(), HashTreePMap.empty());

  public WorkQueue add(String key) {
    return waiting.contains(key) ? this : new WorkQueue(waiting.plus(key), failures);
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  public String first() {
    return waiting.iterator().next();
  }

  public WorkQueue withoutFirst() {
    return new WorkQueue(waiting.minus(first()), failures);
  }

  public WorkQueue failed(String key) {
    return new WorkQueue(waiting, failures.plus(key, failures.getOrDefault(key, 0) + 1));
  }

  public WorkQueue forget(String key) {
    return failures.containsKey(key) ? new WorkQueue(waiting, failures.minus(key)) : this;
  }

  /// How long to wait before a key that failed is tried again.
  public Duration backoff(String key) {
    int times = Math.min(failures.getOrDefault(key, 0), 30);
    Duration backoff = BACKOFF_BASE.multipliedBy(1L << Math.max(0, times - 1));
    return backoff.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : backoff;
  }
}
