package dev.drydock.cluster.loop;

import dev.drydock.cluster.apimachinery.watch.WatchEvent;

/// A part of the control plane or of a node (scheduler, controller, kubelet): state and reactions.
/// All it knows is its state `S`, an immutable value; all it does goes through the context: API
/// calls, timers and, for the kubelet, calls to its node's runtime. It is itself stateless, and
/// shared by every cluster.
public interface Component<S> {

  /// Unique within a cluster, as `scheduler` or `kubelet/kuar-control-plane`.
  String name();

  /// The state of a component that has seen nothing yet. It will be told of every object that
  /// exists.
  S initial();

  /// Called once when the cluster starts, before any event; sets the first timers.
  default S start(S state, ComponentContext context) {
    return state;
  }

  /// Whether changes of this resource (`pods`, `deployments.apps`) are to be told.
  boolean watches(String resource);

  /// Reacts to one change.
  S onEvent(S state, WatchEvent event, ComponentContext context);

  /// Reacts to a timer it set, by its name.
  default S onTimer(S state, String timer, ComponentContext context) {
    return state;
  }

  /// Reacts to what happened in the containers; only the kubelet does.
  default S onRuntimeEvent(
      S state, dev.drydock.cluster.cri.RuntimeEvent event, ComponentContext context) {
    return state;
  }

  /// Whether something waits in the component's work queue.
  default boolean hasWork(S state) {
    return false;
  }

  /// Handles one item of the work queue.
  default S work(S state, ComponentContext context) {
    return state;
  }
}
