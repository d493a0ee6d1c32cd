package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.scheduler.framework.Pods;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.plugins.VolumeBinding;
import dev.drydock.cluster.scheduler.plugins.VolumePlan;
import dev.drydock.cluster.scheduler.queue.SchedulingQueue;
import dev.drydock.cluster.volume.Claims;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The scheduler: takes pods without a node from a queue, filters and scores the nodes, and binds.
/// A pod whose claims wait for it is bound when they are. A pod that fits nowhere may make less
/// important ones go; otherwise it waits until something changes that could help it.
///
/// Models pkg/scheduler.
public final class Scheduler implements Component<Scheduler.State> {
  static final String NAME = "default-scheduler";
  private static final String BACKOFF_TIMER = "backoff";
  private static final String FLUSH_TIMER = "flush";
  private static final String BIND_TIMER = "bind/";

  /// After which pods that nothing has helped are tried again all the same.
  private static final Duration FLUSH_PERIOD = Duration.ofMinutes(5);

  private static final Duration BIND_TIMEOUT = Duration.ofMinutes(10);

  private final Profile profile;

  public Scheduler(Profile profile) {
    this.profile = profile;
  }

  /// What the scheduler remembers.
  ///
  /// @param assumed nodes of pods that wait for their volumes there, by `namespace/name`
  public record State(SchedulingQueue queue, PMap<String, String> assumed) {
    State with(SchedulingQueue changed) {
      return new State(changed, assumed);
    }

    State assuming(String pod, String node) {
      return new State(queue, assumed.plus(pod, node));
    }

    State without(String pod) {
      return new State(queue.forgotten(pod), assumed.minus(pod));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public State initial() {
    return new State(SchedulingQueue.EMPTY, HashTreePMap.empty());
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("pods") || ClusterChanges.WATCHED.contains(resource);
  }

  @Override
  public State onEvent(State state, WatchEvent event, ComponentContext context) {
    State next = event.resource().equals("pods") ? onPod(state, event, context) : state;
    Optional<ImmutableSet<String>> plugins = ClusterChanges.helped(event);
    if (plugins.isPresent()) {
      next = next.with(next.queue().changed(plugins.get(), context.now()));
      wakeAfterBackoff(next, context);
    }
    return event.resource().equals(Claims.RESOURCE) ? bindReady(next, context) : next;
  }

  private static State onPod(State state, WatchEvent event, ComponentContext context) {
    JsonObject pod = event.object();
    String key = Pods.key(pod);
    if (event.type() == WatchEvent.Type.DELETED || Pods.isAssigned(pod)) {
      context.cancelTimer(BIND_TIMER + key);
      return state.without(key);
    }
    boolean ours = pod.string("spec", "schedulerName").equals(NAME);
    boolean changed =
        event.type() == WatchEvent.Type.ADDED
            || !pod.object("spec").equals(event.previous().object("spec"))
            || !ObjectMeta.labels(pod).equals(ObjectMeta.labels(event.previous()));
    boolean waits = isGated(pod) || ObjectMeta.isBeingDeleted(pod) || Pods.hasEnded(pod);
    return ours && changed && !waits && !state.assumed().containsKey(key)
        ? state.with(state.queue().activated(key, Pods.priority(pod)))
        : state;
  }

  private static boolean isGated(JsonObject pod) {
    return !pod.array("spec", "schedulingGates").isEmpty();
  }

  private static void wakeAfterBackoff(State state, ComponentContext context) {
    state.queue().waiting().values().stream()
        .filter(SchedulingQueue.Attempt::due)
        .map(SchedulingQueue.Attempt::backoffEnd)
        .filter(end -> end.isAfter(context.now()))
        .min(Comparator.naturalOrder())
        .ifPresent(end -> context.setTimer(BACKOFF_TIMER, end));
  }

  /// Binds the pods whose claims have got their volumes.
  private static State bindReady(State state, ComponentContext context) {
    State next = state;
    for (Map.Entry<String, String> entry : state.assumed().entrySet()) {
      Optional<JsonObject> pod = PodWrites.find(entry.getKey(), context);
      if (pod.isPresent() && VolumeBinding.isReady(pod.get(), context.client())) {
        context.cancelTimer(BIND_TIMER + entry.getKey());
        next = bind(next, pod.get(), entry.getValue(), context);
      }
    }
    return next;
  }

  @Override
  public State onTimer(State state, String timer, ComponentContext context) {
    if (timer.startsWith(BIND_TIMER)) {
      return giveUpBinding(state, timer.substring(BIND_TIMER.length()), context);
    }
    SchedulingQueue queue = state.queue();
    State next =
        state.with(
            timer.equals(FLUSH_TIMER)
                ? queue.changed(ImmutableSet.of(), context.now())
                : queue.backedOff(context.now()));
    wakeAfterBackoff(next, context);
    return next;
  }

  private static State giveUpBinding(State state, String key, ComponentContext context) {
    Optional<JsonObject> pod = PodWrites.find(key, context);
    State left = new State(state.queue(), state.assumed().minus(key));
    if (pod.isEmpty()) {
      return left;
    }
    PodWrites.reject(pod.get(), "binding volumes: context deadline exceeded", "", context);
    return left.with(left.queue().activated(key, Pods.priority(pod.get())));
  }

  @Override
  public boolean hasWork(State state) {
    return !state.queue().isEmpty();
  }

  @Override
  public State work(State state, ComponentContext context) {
    String key = state.queue().first();
    State rest = state.with(state.queue().popped(key));
    return PodWrites.find(key, context)
        .map(pod -> schedule(rest, key, pod, context))
        .orElseGet(() -> rest.without(key));
  }

  private State schedule(State rest, String key, JsonObject pod, ComponentContext context) {
    Snapshot snapshot = Snapshots.take(pod, rest.assumed(), context.client());
    return switch (profile.select(pod, snapshot, context.random())) {
      case Profile.Selection.Found(var node) -> assume(rest, key, pod, node.node(), context);
      case Profile.Selection.Unschedulable refused -> {
        PodWrites.preempt(pod, refused.preemption(), context);
        PodWrites.reject(pod, refused.message(), refused.preemption().node(), context);
        yield failed(rest, key, pod, refused.refusedBy(), context);
      }
    };
  }

  private static State failed(
      State state,
      String key,
      JsonObject pod,
      ImmutableSet<String> refusedBy,
      ComponentContext context) {
    context.setTimer(FLUSH_TIMER, FLUSH_PERIOD);
    return state.with(state.queue().failed(key, Pods.priority(pod), refusedBy, context.now()));
  }

  /// Binds at once, or sees to the volumes first.
  private static State assume(
      State rest, String key, JsonObject pod, JsonObject node, ComponentContext context) {
    Optional<VolumePlan> plan = VolumeBinding.plan(pod, node, context.client());
    if (plan.isEmpty()) {
      return bind(rest, pod, ObjectMeta.name(node), context);
    }
    try {
      plan.get().write(node, context.client());
    } catch (StatusException e) {
      return failed(rest, key, pod, ImmutableSet.of(), context);
    }
    context.setTimer(BIND_TIMER + key, BIND_TIMEOUT);
    return rest.assuming(key, ObjectMeta.name(node));
  }

  private static State bind(State state, JsonObject pod, String node, ComponentContext context) {
    String key = Pods.key(pod);
    try {
      PodWrites.bind(pod, node, context);
      return state.without(key);
    } catch (StatusException e) {
      State left = new State(state.queue(), state.assumed().minus(key));
      return failed(left, key, pod, ImmutableSet.of(), context);
    }
  }
}
