package dev.drydock.cluster.loop;

import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.cri.RuntimeState;
import dev.drydock.cluster.storage.Store;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// All that a cluster is at one moment: the root of an immutable tree. Keeping a reference to it is
/// a checkpoint; handing it to another loop is a fork.
///
/// @param entropy the state of the source of randomness
/// @param components by name
/// @param halted the components that do not run for now, with the timers they will find again
public record ClusterState(
    ClusterIdentity identity,
    Store store,
    Timers timers,
    long entropy,
    Instant now,
    PMap<String, ComponentState> components,
    PMap<String, Timers> halted,
    RuntimeState runtime) {

  /// One component's state and how far it has followed the store's history.
  record ComponentState(Object state, long seen) {}

  /// The state of a cluster at its birth, before its components have started.
  public static ClusterState initial(
      ClusterIdentity identity, long seed, Instant birth, RuntimeState runtime) {
    return booted(identity, Store.EMPTY, seed, birth, runtime);
  }

  /// The state of a cluster whose components have yet to start and know nothing.
  public static ClusterState booted(
      ClusterIdentity identity, Store store, long entropy, Instant now, RuntimeState runtime) {
    return new ClusterState(
        identity,
        store,
        Timers.NONE,
        entropy,
        now,
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        runtime);
  }

  /// The state with another identity and randomness at another time, and with a changed inside.
  ///
  /// @param change what is done to timers, components and containers
  public ClusterState reborn(
      ClusterIdentity other,
      long seed,
      Instant birth,
      Store objects,
      UnaryOperator<Object> change) {
    PMap<String, ComponentState> changed = components;
    for (var component : components.entrySet()) {
      Object state = change.apply(component.getValue().state());
      changed =
          changed.plus(component.getKey(), new ComponentState(state, component.getValue().seen()));
    }
    return new ClusterState(
        other,
        objects,
        (Timers) change.apply(timers),
        seed,
        birth,
        changed,
        halted,
        (RuntimeState) change.apply(runtime));
  }

  /// The state with one more timer of a component.
  public ClusterState withTimer(String component, String name, Instant at) {
    return new ClusterState(
        identity,
        store,
        timers.set(new Timers.Timer(component, name), at),
        entropy,
        now,
        components,
        halted,
        runtime);
  }
}
