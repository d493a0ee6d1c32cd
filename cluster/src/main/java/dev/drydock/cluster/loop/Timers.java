package dev.drydock.cluster.loop;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// The timers of a cluster's components, ordered by when they are due and, at the same instant, by
/// when they were set. Immutable.
record Timers(TreePMap<Timers.Due, Timers.Timer> queue, PMap<Timers.Timer, Due> byTimer, long set) {

  /// A timer of a component; setting one again moves it.
  record Timer(String component, String name) {}

  /// When, and in which order among equals.
  record Due(Instant at, long order) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
        Comparator.comparing(Due::at).thenComparingLong(Due::order);

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  static final Timers NONE = new Timers(TreePMap.empty(), HashTreePMap.empty(), 0);

  Timers set(Timer timer, Instant at) {
    Timers without = cancel(timer);
    Due due = new Due(at, set);
    return new Timers(without.queue.plus(due, timer), without.byTimer.plus(timer, due), set + 1);
  }

  Timers cancel(Timer timer) {
    Due due = byTimer.get(timer);
    return due == null ? this : new Timers(queue.minus(due), byTimer.minus(timer), set);
  }

  /// Those of one component.
  Timers of(String component) {
    Timers own = NONE;
    for (Map.Entry<Due, Timer> entry : queue.entrySet()) {
      if (entry.getValue().component().equals(component)) {
        own = own.set(entry.getValue(), entry.getKey().at());
      }
    }
    return own;
  }

  /// All but those of one component.
  Timers without(String component) {
    Timers others = this;
    for (Timer timer : of(component).queue.values()) {
      others = others.cancel(timer);
    }
    return others;
  }

  Timers plusAll(Timers more) {
    Timers all = this;
    for (Map.Entry<Due, Timer> entry : more.queue.entrySet()) {
      all = all.set(entry.getValue(), entry.getKey().at());
    }
    return all;
  }

  Optional<Instant> next() {
    return queue.isEmpty() ? Optional.empty() : Optional.of(queue.firstKey().at());
  }

  /// The first timer that is due by now.
  Optional<Timer> due(Instant now) {
    if (queue.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<Due, Timer> first = queue.firstEntry();
    return first.getKey().at().isAfter(now) ? Optional.empty() : Optional.of(first.getValue());
  }
}
