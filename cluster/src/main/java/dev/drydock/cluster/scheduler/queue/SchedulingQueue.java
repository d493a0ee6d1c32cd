package dev.drydock.cluster.scheduler.queue;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// Pods to be looked at, by `namespace/name`: the most important first, then the one that has
/// waited longest. A pod that was tried in vain waits for a change that concerns what refused it,
/// and at least for its back-off. Immutable.
///
/// Models pkg/scheduler/backend/queue.
///
/// @param active to be tried now
/// @param places where each active pod stands
/// @param waiting tried in vain
/// @param next the number of the next arrival
public record SchedulingQueue(
    TreePMap<Place, String> active,
    PMap<String, Place> places,
    PMap<String, Attempt> waiting,
    long next) {
  private static final Duration BACKOFF_BASE = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);

  public static final SchedulingQueue EMPTY =
      new SchedulingQueue(TreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), 0);

  /// A place in the queue.
  record Place(long priority, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPriority = Long.compare(other.priority, priority);
      return byPriority != 0 ? byPriority : Long.compare(number, other.number);
    }
  }

  /// How a pod was tried in vain.
  ///
  /// @param count how often in a row
  /// @param at the last time
  /// @param refusedBy plugins whose reasons a change may remove; empty for any change
  /// @param due whether such a change has come and only the back-off is waited for
  public record Attempt(
      int count, Instant at, long priority, ImmutableSet<String> refusedBy, boolean due) {
    /// When the pod may be tried again.
    public Instant backoffEnd() {
      Duration delay = BACKOFF_BASE.multipliedBy(1L << Math.min(count - 1, 10));
      return at.plus(delay.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : delay);
    }
  }

  public boolean isEmpty() {
    return active.isEmpty();
  }

  public String first() {
    return active.firstEntry().getValue();
  }

  /// Puts a pod among those to be tried now.
  public SchedulingQueue activated(String pod, long priority) {
    if (places.containsKey(pod)) {
      return this;
    }
    Place place = new Place(priority, next);
    return new SchedulingQueue(active.plus(place, pod), places.plus(pod, place), waiting, next + 1);
  }

  /// Takes a pod out of those to be tried now; how often it was tried stays known.
  public SchedulingQueue popped(String pod) {
    Place place = places.get(pod);
    return place == null
        ? this
        : new SchedulingQueue(active.minus(place), places.minus(pod), waiting, next);
  }

  public SchedulingQueue forgotten(String pod) {
    SchedulingQueue rest = popped(pod);
    return new SchedulingQueue(rest.active, rest.places, rest.waiting.minus(pod), next);
  }

  public SchedulingQueue failed(
      String pod, long priority, ImmutableSet<String> refusedBy, Instant now) {
    Attempt before = waiting.get(pod);
    int count = before == null ? 1 : before.count() + 1;
    SchedulingQueue rest = popped(pod);
    return new SchedulingQueue(
        rest.active,
        rest.places,
        waiting.plus(pod, new Attempt(count, now, priority, refusedBy, false)),
        next);
  }

  /// A change has come that may remove the reasons of these plugins: pods they refused are tried
  /// again, once their back-off is over.
  ///
  /// @param plugins empty for all
  public SchedulingQueue changed(ImmutableSet<String> plugins, Instant now) {
    SchedulingQueue queue = this;
    for (Map.Entry<String, Attempt> entry : ordered().entrySet()) {
      Attempt attempt = entry.getValue();
      boolean concerned =
          plugins.isEmpty()
              || attempt.refusedBy().isEmpty()
              || attempt.refusedBy().stream().anyMatch(plugins::contains);
      if (concerned && !places.containsKey(entry.getKey())) {
        queue = queue.due(entry.getKey(), attempt, now);
      }
    }
    return queue;
  }

  private TreePMap<String, Attempt> ordered() {
    return TreePMap.from(waiting);
  }

  private SchedulingQueue due(String pod, Attempt attempt, Instant now) {
    if (!attempt.backoffEnd().isAfter(now)) {
      return activated(pod, attempt.priority());
    }
    Attempt marked =
        new Attempt(attempt.count(), attempt.at(), attempt.priority(), attempt.refusedBy(), true);
    return new SchedulingQueue(active, places, waiting.plus(pod, marked), next);
  }

  /// Pods whose back-off is over and for which a change has come become active.
  public SchedulingQueue backedOff(Instant now) {
    SchedulingQueue queue = this;
    for (Map.Entry<String, Attempt> entry : ordered().entrySet()) {
      if (entry.getValue().due() && !places.containsKey(entry.getKey())) {
        queue = queue.due(entry.getKey(), entry.getValue(), now);
      }
    }
    return queue;
  }
}
