package dev.drydock.cluster.kubelet;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.cri.RuntimeEvent;
import dev.drydock.cluster.kubelet.eviction.LocalStorage;
import dev.drydock.cluster.kubelet.prober.LifecycleHooks;
import dev.drydock.cluster.kubelet.prober.Prober;
import dev.drydock.cluster.kubelet.volume.VolumeManager;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPSet;
import org.pcollections.PMap;

/// The kubelet of one node. It syncs each of its pods when the pod changes, when something happened
/// in its containers, and from time to time; each sync first reports how the pod is and then does
/// what is due.
///
/// Models pkg/kubelet: the sync loop with its pod workers, and the pod lifecycle event generator
/// (PLEG), which notices what happened in containers about a second later.
public final class Kubelet implements Component<Kubelet.State> {
  /// How often the PLEG looks at the containers.
  private static final Duration RELIST_PERIOD = Duration.ofSeconds(1);

  private static final String REFRESH_TIMER = "refresh/";
  private static final String POD_TIMER = "pod/";
  private static final String PLEG_TIMER = "pleg";
  private static final String STORAGE_TIMER = "storage/";

  /// How often the eviction manager looks.
  private static final Duration EVICTION_PERIOD = Duration.ofSeconds(10);

  private final NodeRegistration node;
  private final StaticPods staticPods;

  /// @param staticPods the manifests in the node's folder of static pods
  public Kubelet(NodeRegistration node, ImmutableList<JsonObject> staticPods) {
    this.node = node;
    this.staticPods = new StaticPods(node, staticPods);
  }

  /// What a kubelet remembers.
  ///
  /// @param pods by uid
  /// @param queue uids of pods to be synced now
  /// @param changed uids of pods in whose containers something happened that the PLEG has not seen
  ///   yet
  public record State(
      PMap<String, PodRecord> pods, OrderedPSet<String> queue, OrderedPSet<String> changed) {

    State queued(String uid) {
      return pods.containsKey(uid) ? new State(pods, queue.plus(uid), changed) : this;
    }

    State with(PodRecord pod) {
      return new State(pods.plus(pod.uid(), pod), queue, changed);
    }

    State without(String uid) {
      return new State(pods.minus(uid), queue.minus(uid), changed.minus(uid));
    }

    State dequeued(String uid) {
      return new State(pods, queue.minus(uid), changed);
    }

    State noticed(String uid) {
      return new State(pods, queue, changed.plus(uid));
    }

    State relisted() {
      return new State(pods, queue.plusAll(changed), OrderedPSet.empty());
    }
  }

  /// The timer after which the volumes of a pod are filled anew.
  public static String refreshTimer(String podUid) {
    return REFRESH_TIMER + podUid;
  }

  @Override
  public String name() {
    return "kubelet/" + node.name();
  }

  @Override
  public State initial() {
    return new State(HashTreePMap.empty(), OrderedPSet.empty(), OrderedPSet.empty());
  }

  @Override
  public State start(State state, ComponentContext context) {
    node.register(context);
    staticPods.mirror(context);
    return state;
  }

  @Override
  public boolean watches(String resource) {
    return switch (resource) {
      case "pods", "configmaps", "secrets" -> true;
      default -> false;
    };
  }

  @Override
  public State onEvent(State state, WatchEvent event, ComponentContext context) {
    return event.resource().equals("pods")
        ? onPod(state, event, context)
        : onSource(state, event, context);
  }

  private State onPod(State state, WatchEvent event, ComponentContext context) {
    JsonObject pod = event.object();
    if (!pod.string("spec", "nodeName").equals(node.name())) {
      return state;
    }
    String uid = PodSpecs.uid(pod);
    if (PodSpecs.isMirror(pod) && staticPods.keep(event, context)) {
      return state;
    }
    if (event.type() == WatchEvent.Type.DELETED) {
      PodRecord known = state.pods().get(uid);
      return known == null ? state : forget(state, known, context);
    }
    if (state.pods().containsKey(uid)) {
      boolean statusOnly =
          pod.object("spec").equals(event.previous().object("spec"))
              && ObjectMeta.without(pod, "resourceVersion")
                  .object("metadata")
                  .without("managedFields")
                  .equals(
                      ObjectMeta.without(event.previous(), "resourceVersion")
                          .object("metadata")
                          .without("managedFields"));
      if (statusOnly) {
        return state;
      }
      PodRecord known = state.pods().get(uid);
      boolean stale = known.volumesReady() && VolumeManager.showsPod(pod);
      return (stale ? state.with(known.withStaleVolumes()) : state).queued(uid);
    }
    if (LocalStorage.isLimited(pod)) {
      context.setTimer(STORAGE_TIMER + uid, EVICTION_PERIOD);
    }
    return state.with(Recovery.of(pod, uid, context.runtime())).queued(uid);
  }

  /// The pod is gone from the API: whatever still runs of it is killed at once.
  private static State forget(State state, PodRecord pod, ComponentContext context) {
    PodSync.remove(pod, context.runtime());
    context.cancelTimer(POD_TIMER + pod.uid());
    context.cancelTimer(STORAGE_TIMER + pod.uid());
    return state.without(pod.uid());
  }

  /// A config map or secret changed: pods that use it take it over at their next sync, within a
  /// minute.
  private static State onSource(State state, WatchEvent event, ComponentContext context) {
    String namespace = ObjectMeta.namespace(event.object());
    for (PodRecord pod : state.pods().values()) {
      boolean concerned = pod.namespace().equals(namespace) && pod.volumesReady();
      if (concerned && event.type() == WatchEvent.Type.MODIFIED) {
        context.setTimer(REFRESH_TIMER + pod.uid(), Duration.ofSeconds(45));
      }
    }
    return state;
  }

  @Override
  public State onTimer(State state, String timer, ComponentContext context) {
    if (timer.equals(PLEG_TIMER)) {
      return state.relisted();
    }
    if (timer.startsWith(POD_TIMER)) {
      return state.queued(timer.substring(POD_TIMER.length()));
    }
    if (timer.startsWith(REFRESH_TIMER)) {
      PodRecord pod = state.pods().get(timer.substring(REFRESH_TIMER.length()));
      return pod == null ? state : state.with(pod.withStaleVolumes()).queued(pod.uid());
    }
    if (timer.startsWith(STORAGE_TIMER)) {
      return checkStorage(state, timer.substring(STORAGE_TIMER.length()), context);
    }
    if (timer.startsWith(Prober.TIMER)) {
      return probe(state, timer, context);
    }
    return node.onTimer(timer, context)
        ? new State(state.pods(), state.queue().plusAll(state.pods().keySet()), state.changed())
        : state;
  }

  private State checkStorage(State state, String uid, ComponentContext context) {
    PodRecord pod = state.pods().get(uid);
    Optional<JsonObject> object = Optional.ofNullable(pod).flatMap(known -> podOf(known, context));
    if (pod == null || object.isEmpty() || pod.failure().isPresent() || hasEnded(object.get())) {
      return state;
    }
    Optional<String> excess = new LocalStorage(object.get(), pod, context.runtime()).excess();
    if (excess.isEmpty()) {
      context.setTimer(STORAGE_TIMER + uid, EVICTION_PERIOD);
      return state;
    }
    return evict(state, pod, object.get(), excess.get(), context);
  }

  private static boolean hasEnded(JsonObject pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private State evict(
      State state, PodRecord pod, JsonObject object, String message, ComponentContext context) {
    node.recorder(context).warning(EventRecorder.Subject.of(object), "Evicted", message);
    return state
        .with(pod.failing(new PodRecord.Failure("Evicted", message, true)))
        .queued(pod.uid());
  }

  private State probe(State state, String timer, ComponentContext context) {
    Prober.Address address = Prober.Address.parse(timer);
    PodRecord pod = state.pods().get(address.uid());
    if (pod == null) {
      return state;
    }
    return podOf(pod, context)
        .map(
            object -> {
              PodRecord probed = new Prober(object, pod, node, context).fire(address);
              return probed == pod ? state : state.with(probed).queued(pod.uid());
            })
        .orElse(state);
  }

  @Override
  public State onRuntimeEvent(State state, RuntimeEvent event, ComponentContext context) {
    return switch (event) {
      case RuntimeEvent.ContainerExited(String id) -> noticeExit(state, id, context);
      case RuntimeEvent.ConnectionReady(long id) -> proberHears(state, "c" + id, context);
      case RuntimeEvent.SessionEnded(String id) -> proberHears(state, "s" + id, context);
      case RuntimeEvent.LogAppended _, RuntimeEvent.OutputReady _ -> state;
    };
  }

  private static State noticeExit(State state, String containerId, ComponentContext context) {
    for (PodRecord pod : state.pods().values()) {
      boolean here = pod.containers().values().stream().anyMatch(c -> c.id().equals(containerId));
      if (here) {
        return relistSoon(state, pod.uid(), context);
      }
    }
    return state;
  }

  private static State relistSoon(State state, String uid, ComponentContext context) {
    if (state.changed().isEmpty()) {
      context.setTimer(PLEG_TIMER, RELIST_PERIOD);
    }
    return state.noticed(uid);
  }

  private State proberHears(State state, String channel, ComponentContext context) {
    for (PodRecord pod : state.pods().values()) {
      Optional<String> hooked = LifecycleHooks.waitingOn(pod, channel);
      if (hooked.isPresent()) {
        return podOf(pod, context)
            .map(object -> state.with(hooks(pod, context).hear(object, hooked.get())))
            .map(heard -> heard.queued(pod.uid()))
            .orElse(state);
      }
      Optional<Prober.Address> address = Prober.waitingOn(pod, channel);
      if (address.isPresent()) {
        return podOf(pod, context)
            .map(
                object -> {
                  PodRecord heard = new Prober(object, pod, node, context).hear(address.get());
                  return heard == pod ? state : state.with(heard).queued(pod.uid());
                })
            .orElse(state);
      }
    }
    return state;
  }

  private LifecycleHooks hooks(PodRecord pod, ComponentContext context) {
    return new LifecycleHooks(pod, context.runtime(), node.name(), context.now());
  }

  private static Optional<JsonObject> podOf(PodRecord pod, ComponentContext context) {
    return context
        .client()
        .get("pods", pod.namespace(), pod.name())
        .filter(object -> PodSpecs.uid(object).equals(pod.uid()));
  }

  @Override
  public boolean hasWork(State state) {
    return !state.queue().isEmpty();
  }

  @Override
  public State work(State state, ComponentContext context) {
    String uid = state.queue().iterator().next();
    State rest = state.dequeued(uid);
    PodRecord known = rest.pods().get(uid);
    if (known == null) {
      return rest;
    }
    Optional<JsonObject> pod = podOf(known, context);
    if (pod.isEmpty()) {
      return forget(rest, known, context);
    }
    PodSync sync = new PodSync(node, pod.get(), known, context);
    PodRecord synced = sync.run();
    sync.again().ifPresent(delay -> context.setTimer(POD_TIMER + uid, delay));
    State after = rest.with(synced);
    return sync.touchedContainers() ? relistSoon(after, uid, context) : after;
  }
}
