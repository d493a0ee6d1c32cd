package dev.drydock.cluster.loop;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.cri.RuntimeEvent;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoreEvent;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What moves a cluster: its components and the rule by which they take turns. A pure function of
/// the state; the loop decides when to call it.
public final class Machinery {
  /// How many rounds one settling takes at most before the loop lets others run.
  private static final int ROUNDS_MAX = 200;

  /// How many changes of objects one settling makes before it lets others run.
  private static final int CHANGES_MAX = 500;

  /// How many pieces of its work a component does in one turn, so that those who watch what it does
  /// see it at once and not piece by piece.
  private static final int WORK_PER_TURN = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Machinery.class);

  private final ImmutableList<Component<?>> components;
  private final ImmutableMap<String, Component<?>> byName;
  private final ClientFactory clients;

  public Machinery(ImmutableList<Component<?>> components, ClientFactory clients) {
    this.components = components;
    this.byName = Maps.uniqueIndex(components, Component::name);
    this.clients = clients;
  }

  /// Starts every component that this state has not seen yet.
  void start(Step step) {
    for (Component<?> component : components) {
      start(component, step);
    }
  }

  private <S> void start(Component<S> component, Step step) {
    ClusterState.ComponentState known = step.component(component);
    S state = component.start(state(known), context(component, step));
    step.component(component, new ClusterState.ComponentState(state, known.seen()));
  }

  /// Lets everything that is due happen: events reach components, due timers fire, containers run.
  ///
  /// @return whether nothing is left to do before time passes or an input comes
  boolean settle(Step step, int containerSteps) {
    long enough = step.transaction().store().revision() + CHANGES_MAX;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      if (step.transaction().store().revision() > enough) {
        return false;
      }
      boolean moved = componentsTakeTurns(step) || fireDueTimer(step);
      if (!moved && !runContainers(step, containerSteps)) {
        return true;
      }
    }
    return false;
  }

  private boolean componentsTakeTurns(Step step) {
    boolean moved = false;
    for (Component<?> component : components) {
      moved |= turn(component, step);
    }
    return moved;
  }

  private <S> boolean turn(Component<S> component, Step step) {
    if (step.isHalted(component)) {
      return false;
    }
    ClusterState.ComponentState before = step.component(component);
    S state = state(before);
    long seen = before.seen();
    Step.Context context = context(component, step);
    Store store = step.transaction().store();
    boolean lost = seen < store.compacted();
    for (StoreEvent event : lost ? store.asAdded() : store.since(seen)) {
      if (component.watches(event.key().resource())) {
        WatchEvent watched = watchEvent(event);
        state = guarded(component, state, s -> component.onEvent(s, watched, context));
      }
    }
    seen = store.revision();
    boolean worked = component.hasWork(state);
    for (int i = 0; i < WORK_PER_TURN && component.hasWork(state); i++) {
      state = guarded(component, state, s -> component.work(s, context));
    }
    if (seen == before.seen() && !worked) {
      return false;
    }
    step.component(component, new ClusterState.ComponentState(state, seen));
    return true;
  }

  /// A reaction that fails is logged and forgotten: one broken component must not stop a cluster.
  private static <S> S guarded(Component<S> component, S state, UnaryOperator<S> reaction) {
    try {
      return reaction.apply(state);
    } catch (RuntimeException e) {
      LOG.error("{} failed in a reaction", component.name(), e);
      return state;
    }
  }

  private static WatchEvent watchEvent(StoreEvent event) {
    WatchEvent.Type type =
        switch (event.type()) {
          case ADDED -> WatchEvent.Type.ADDED;
          case MODIFIED -> WatchEvent.Type.MODIFIED;
          case DELETED -> WatchEvent.Type.DELETED;
        };
    JsonObject previous = event.previous() == null ? JsonObject.EMPTY : event.previous().object();
    return new WatchEvent(type, event.key().resource(), event.object().object(), previous);
  }

  private boolean fireDueTimer(Step step) {
    Optional<Timers.Timer> due = step.timers().due(step.now());
    if (due.isEmpty()) {
      return false;
    }
    step.timers(step.timers().cancel(due.get()));
    Component<?> component = byName.get(due.get().component());
    if (component != null) {
      fire(component, due.get().name(), step);
    }
    return true;
  }

  private <S> void fire(Component<S> component, String timer, Step step) {
    ClusterState.ComponentState before = step.component(component);
    Step.Context context = context(component, step);
    S state = guarded(component, state(before), s -> component.onTimer(s, timer, context));
    step.component(component, new ClusterState.ComponentState(state, before.seen()));
  }

  private boolean runContainers(Step step, int containerSteps) {
    ImmutableList<RuntimeEvent> happened = step.runtime().advance(containerSteps);
    for (RuntimeEvent event : happened) {
      for (Component<?> component : components) {
        tell(component, event, step);
      }
    }
    return !happened.isEmpty();
  }

  private <S> void tell(Component<S> component, RuntimeEvent event, Step step) {
    if (step.isHalted(component)) {
      return;
    }
    ClusterState.ComponentState before = step.component(component);
    S old = state(before);
    Step.Context context = context(component, step);
    S state = guarded(component, old, s -> component.onRuntimeEvent(s, event, context));
    if (state != old) {
      step.component(component, new ClusterState.ComponentState(state, before.seen()));
    }
  }

  private Step.Context context(Component<?> component, Step step) {
    return step.new Context(component.name(), clients);
  }

  // Each component's state was made by itself, so its type is the component's own.
  @SuppressWarnings("unchecked")
  private static <S> S state(ClusterState.ComponentState state) {
    return (S) state.state();
  }
}
