package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.ContainerStatus;
import dev.drydock.cluster.cri.PodSandboxConfig;
import dev.drydock.cluster.cri.Signal;
import dev.drydock.cluster.kubelet.kuberuntime.ContainerStarter;
import dev.drydock.cluster.kubelet.prober.Hook;
import dev.drydock.cluster.kubelet.prober.LifecycleHooks;
import dev.drydock.cluster.kubelet.prober.Prober;
import dev.drydock.cluster.kubelet.status.PodStatus;
import dev.drydock.cluster.kubelet.volume.VolumeManager;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One sync of one pod: reports its status as it is, then does the next thing towards its spec.
/// Lives for one reaction of the kubelet.
///
/// Models kubelet.SyncPod, SyncTerminatingPod, SyncTerminatedPod and kuberuntime.SyncPod.
final class PodSync {
  /// How long a pod in which something failed waits for its next sync, plus up to half of it.
  private static final Duration ERROR_PERIOD = Duration.ofSeconds(10);

  /// What is left to the containers of an evicted pod.
  private static final long EVICTION_GRACE_SECONDS = 1;

  private static final Duration GRACE_AFTER_HOOK = Duration.ofSeconds(2);

  private static final Duration MOUNT_RETRY = Duration.ofSeconds(2);

  /// From the whole second of the deletion; see {@link #unstartedUntil()}.
  private static final Duration START_ABORT = Duration.ofSeconds(2);

  private final NodeRegistration node;
  private final JsonObject pod;
  private final ComponentContext context;
  private final ContainerRuntime runtime;
  private final EventRecorder events;
  private PodRecord record;
  private Optional<Duration> again = Optional.empty();
  private boolean touched;

  PodSync(NodeRegistration node, JsonObject pod, PodRecord record, ComponentContext context) {
    this.node = node;
    this.pod = pod;
    this.record = record;
    this.context = context;
    this.runtime = context.runtime();
    this.events = node.recorder(context);
  }

  /// After how long the pod is to be synced again though nothing happens.
  Optional<Duration> again() {
    return again;
  }

  /// Whether containers were started or stopped, which the PLEG will notice.
  boolean touchedContainers() {
    return touched;
  }

  PodRecord run() {
    if (record.removed()) {
      return record;
    }
    checkDeadline();
    PodStatus status = new PodStatus(node, pod, record, context);
    status.report();
    if (ObjectMeta.isBeingDeleted(pod)) {
      terminate(pod.integer(30, "metadata", "deletionGracePeriodSeconds"));
    } else if (status.hasEnded()) {
      terminate(
          record.failure().evicted()
              ? EVICTION_GRACE_SECONDS
              : pod.integer(30, "spec", "terminationGracePeriodSeconds"));
    } else {
      work();
    }
    return record;
  }

  /// Models activeDeadlineHandler.
  private void checkDeadline() {
    long seconds = pod.integer(-1, "spec", "activeDeadlineSeconds");
    Optional<Instant> started = Times.parse(pod.string("status", "startTime"));
    boolean ended = List.of("Succeeded", "Failed").contains(pod.string("status", "phase"));
    if (seconds < 0 || started.isEmpty() || ended || record.failure().isPresent()) {
      return;
    }
    Duration left = Duration.between(context.now(), Times.after(started.get(), seconds));
    if (left.isPositive()) {
      syncAgainAfter(left);
      return;
    }
    String message = "Pod was active on the node longer than the specified deadline";
    events.normal(EventRecorder.Subject.of(pod), "DeadlineExceeded", message);
    record = record.failing(new PodRecord.Failure("DeadlineExceeded", message, false));
  }

  private void work() {
    if (!volumesReady() || !sandboxReady()) {
      return;
    }
    if (initialize()) {
      startContainers();
    }
    record = new Prober(pod, record, node, context).arrange();
  }

  private void syncAgainAfter(Duration delay) {
    again = Optional.of(again.filter(sooner -> sooner.compareTo(delay) < 0).orElse(delay));
  }

  private void syncAgainAfterError() {
    long jitter = context.random().nextLong(ERROR_PERIOD.toMillis() / 2);
    syncAgainAfter(ERROR_PERIOD.plusMillis(jitter));
  }

  private boolean volumesReady() {
    if (record.volumesReady()) {
      return true;
    }
    Optional<String> problem = new VolumeManager(pod, record, node, context).mount();
    if (problem.isPresent()) {
      events.warning(EventRecorder.Subject.of(pod), "FailedMount", problem.get());
      syncAgainAfter(MOUNT_RETRY);
      return !record.sandboxId().isEmpty();
    }
    record =
        record.withVolumes(
            pod.array("spec", "volumes").objects().map(v -> v.string("name")).toList());
    return true;
  }

  private boolean sandboxReady() {
    if (!record.sandboxId().isEmpty()) {
      return true;
    }
    if (!record.containers().isEmpty()) {
      events.normal(
          EventRecorder.Subject.of(pod),
          "SandboxChanged",
          "Pod sandbox changed, it will be killed and re-created.");
    }
    boolean hostNetwork = PodSpecs.isHostNetwork(pod);
    String hostname = pod.string("spec", "hostname");
    String id =
        runtime.runPodSandbox(
            node.name(),
            new PodSandboxConfig(
                record.namespace(),
                record.name(),
                record.uid(),
                0,
                hostNetwork ? node.name() : hostname.isEmpty() ? record.name() : hostname,
                hostNetwork,
                PodNetworks.dns(pod),
                PodNetworks.hostAliases(pod)));
    String ip = runtime.podSandbox(id).orElseThrow().ip();
    record = record.withSandbox(id, ip);
    touched = true;
    return true;
  }

  private Optional<ContainerStatus> status(String container) {
    return runtime.containerStatus(record.container(container).id());
  }

  private boolean isRunning(String container) {
    return status(container).filter(s -> s.state() instanceof ContainerState.Running).isPresent();
  }

  private Optional<ContainerState.Exited> exited(String container) {
    return status(container)
        .filter(s -> s.state() instanceof ContainerState.Exited)
        .map(s -> (ContainerState.Exited) s.state());
  }

  /// Runs the init containers one after the other.
  ///
  /// @return whether the other containers may start
  private boolean initialize() {
    for (JsonObject container : PodSpecs.initContainers(pod)) {
      String name = container.string("name");
      if (PodSpecs.isSidecar(container)) {
        keepRunning(container, "Always");
        if (!isRunning(name) || !Prober.isStarted(container, record.container(name))) {
          return false;
        }
        continue;
      }
      Optional<ContainerState.Exited> end = exited(name);
      if (end.isPresent() && end.get().exitCode() == 0) {
        continue;
      }
      keepRunning(container, PodSpecs.restartPolicy(pod).equals("Never") ? "Never" : "OnFailure");
      return false;
    }
    return true;
  }

  private void startContainers() {
    for (JsonObject container : PodSpecs.containers(pod)) {
      if (!keepRunning(container, PodSpecs.restartPolicy(pod))) {
        return;
      }
    }
    for (JsonObject container : pod.array("spec", "ephemeralContainers").objects().toList()) {
      keepRunning(container, "Never");
    }
  }

  /// Sees to it that a container runs if its policy wants that.
  ///
  /// @return false while something (a pull) is under way for it that the others wait for
  private boolean keepRunning(JsonObject container, String policy) {
    String name = container.string("name");
    ContainerRecord known = record.container(name);
    if (isRunning(name)) {
      if (known.hook().isStarting() && !known.isStopping()) {
        return settleStart(container, known);
      }
      checkStopping(container, known);
      return true;
    }
    Optional<ContainerState.Exited> end = exited(name);
    if (end.isEmpty()) {
      return start(container);
    }
    boolean restart =
        policy.equals("Always") || (policy.equals("OnFailure") && end.get().exitCode() != 0);
    return !restart || restart(container, known, end.get());
  }

  /// A running container that is to be stopped (a probe failed, its image changed) gets its
  /// signals.
  private void checkStopping(JsonObject container, ContainerRecord known) {
    String name = container.string("name");
    boolean imageChanged =
        status(name).filter(s -> !s.config().image().equals(container.string("image"))).isPresent();
    if (imageChanged && !known.isStopping()) {
      stop(
          name,
          "Container %s definition changed, will be restarted".formatted(name),
          pod.integer(30, "spec", "terminationGracePeriodSeconds"));
    } else if (known.isStopping()) {
      killWhenDue(name, known);
    } else {
      Prober.failed(container, known)
          .ifPresent(
              probe ->
                  stop(
                      name,
                      "Container %s failed %s probe, will be restarted"
                          .formatted(name, probe.word()),
                      probe.graceSeconds(container, pod)));
    }
  }

  /// Starts a container again after its back-off. One end is counted once, however often the start
  /// has to be tried.
  private boolean restart(JsonObject container, ContainerRecord known, ContainerState.Exited end) {
    String name = container.string("name");
    Instant finished = end.finishedAt();
    JsonObject terminated = PodStatus.terminated(status(name).orElseThrow(), end);
    boolean underWay =
        known.lastTerminated().get("containerID") instanceof Json last
            && last.equals(terminated.get("containerID"));
    if (underWay) {
      return start(container);
    }
    if (known.crashes().isWaiting(finished, context.now())) {
      String delay = known.crashes().text();
      record =
          record.with(
              name,
              known.waiting(
                  "CrashLoopBackOff",
                  "back-off %s restarting failed container=%s pod=%s"
                      .formatted(delay, name, PodSpecs.fullName(record))));
      events.warning(
          subject(name),
          "BackOff",
          "Back-off restarting failed container %s in pod %s"
              .formatted(name, PodSpecs.fullName(record)));
      Duration left = Duration.between(context.now(), finished.plus(known.crashes().delay()));
      syncAgainAfterError();
      syncAgainAfter(left);
      return true;
    }
    ContainerRecord next =
        known.restarting(terminated).withCrashes(known.crashes().next(finished, context.now()));
    record = record.with(name, next);
    return start(container);
  }

  private EventRecorder.Subject subject(String container) {
    return new EventRecorder.Subject(pod, PodSpecs.fieldPath(pod, container));
  }

  private boolean start(JsonObject container) {
    String name = container.string("name");
    ContainerStarter starter =
        new ContainerStarter(node, pod, record, context, events, subject(name));
    ContainerStarter.Outcome outcome = starter.start(container, record.container(name));
    record = record.with(name, outcome.container());
    touched |= outcome.created();
    if (outcome.failed()) {
      syncAgainAfterError();
    }
    outcome.again().ifPresent(this::syncAgainAfter);
    if (!outcome.created()
        || outcome.failed()
        || !LifecycleHooks.has(Hook.Kind.POST_START, container)) {
      return outcome.again().isEmpty();
    }
    Hook hook = hooks().begin(Hook.Kind.POST_START, container);
    record = record.with(name, record.container(name).with(hook));
    return settleStart(container, record.container(name));
  }

  private LifecycleHooks hooks() {
    return new LifecycleHooks(record, runtime, node.name(), context.now());
  }

  /// Waits for the hook after a container's start; if it fails, the container is stopped.
  ///
  /// @return false while it runs, for the other containers wait
  private boolean settleStart(JsonObject container, ContainerRecord known) {
    String name = container.string("name");
    if (known.hook().isRunning(context.now())) {
      syncAtEnd(known.hook());
      return false;
    }
    record = record.with(name, known.with(Hook.NONE));
    // The others are told of the start at the next sync, which follows at once.
    syncAgainAfter(Duration.ZERO);
    if (known.hook().failed()) {
      events.warning(subject(name), "FailedPostStartHook", "PostStartHook failed");
      stop(name, "FailedPostStartHook", pod.integer(30, "spec", "terminationGracePeriodSeconds"));
    }
    return true;
  }

  private void syncAtEnd(Hook hook) {
    if (!hook.due().equals(Instant.MAX)) {
      syncAgainAfter(Duration.between(context.now(), hook.due()));
    }
  }

  private void stop(String container, String message, long graceSeconds) {
    ContainerRecord known = record.container(container);
    events.normal(subject(container), "Killing", message);
    Instant killAt = Times.after(context.now(), graceSeconds);
    Hook hook = graceSeconds == 0 ? Hook.NONE : beforeStop(container);
    record = record.with(container, known.stoppingUntil(killAt).with(hook));
    touched = true;
    if (hook.isStopping()) {
      killWhenDue(container, record.container(container));
      return;
    }
    runtime.signal(known.id(), graceSeconds == 0 ? Signal.SIGKILL : Signal.SIGTERM);
    syncAgainAfter(Duration.between(context.now(), killAt));
  }

  private Hook beforeStop(String container) {
    return PodSpecs.allContainers(pod)
        .filter(c -> c.string("name").equals(container))
        .filter(c -> LifecycleHooks.has(Hook.Kind.PRE_STOP, c))
        .findFirst()
        .map(c -> hooks().begin(Hook.Kind.PRE_STOP, c))
        .orElse(Hook.NONE);
  }

  /// The hook before a container's stop is over, or its time is: the container is told to end, and
  /// has what is left of the grace period, but never less than a little.
  private void settleStop(String container, ContainerRecord known) {
    if (known.hook().failed()) {
      events.warning(subject(container), "FailedPreStopHook", "PreStopHook failed");
    }
    Instant least = context.now().plus(GRACE_AFTER_HOOK);
    Instant killAt = known.killAt().isBefore(least) ? least : known.killAt();
    record = record.with(container, known.with(Hook.NONE).stoppingUntil(killAt));
    runtime.signal(known.id(), Signal.SIGTERM);
    touched = true;
    syncAgainAfter(Duration.between(context.now(), killAt));
  }

  private void killWhenDue(String container, ContainerRecord known) {
    if (known.hook().isStopping()) {
      boolean inTime = known.killAt().isAfter(context.now());
      if (inTime && known.hook().isRunning(context.now())) {
        syncAtEnd(known.hook());
        syncAgainAfter(Duration.between(context.now(), known.killAt()));
      } else {
        settleStop(container, known);
      }
      return;
    }
    Duration left = Duration.between(context.now(), known.killAt());
    if (left.isPositive()) {
      syncAgainAfter(left);
    } else {
      runtime.signal(known.id(), Signal.SIGKILL);
      touched = true;
    }
  }

  /// Stops what runs; when nothing does, gives everything back and, if the pod is to be deleted,
  /// lets the API forget it.
  private void terminate(long graceSeconds) {
    boolean allStopped = true;
    List<String> names =
        PodSpecs.allContainers(pod).map(container -> container.string("name")).toList();
    for (String name : names) {
      if (!isRunning(name)) {
        continue;
      }
      allStopped = false;
      ContainerRecord known = record.container(name);
      Instant latest = Times.after(context.now(), graceSeconds);
      if (!known.isStopping()) {
        stop(name, "Stopping container " + name, graceSeconds);
      } else if (latest.isBefore(known.killAt())) {
        shorten(name, known);
      } else {
        killWhenDue(name, known);
      }
    }
    if (allStopped) {
      giveBack();
    }
  }

  /// A second deletion with a shorter grace period counts from when the pod was to be deleted.
  private void shorten(String container, ContainerRecord known) {
    Instant deletion =
        Times.parse(pod.string("metadata", "deletionTimestamp")).orElse(context.now());
    if (deletion.isBefore(known.killAt())) {
      record = record.with(container, known.stoppingUntil(deletion));
    }
    killWhenDue(container, record.container(container));
  }

  private void giveBack() {
    if (!ObjectMeta.isBeingDeleted(pod)) {
      // An ended pod keeps its containers, whose logs are still asked for.
      return;
    }
    Duration left = Duration.between(context.now(), unstartedUntil());
    if (record.sandboxId().isEmpty() && left.isPositive()) {
      syncAgainAfter(left);
      return;
    }
    new PodStatus(node, pod, record, context).report();
    remove(record, runtime);
    record = record.withEverythingRemoved();
    context
        .client()
        .delete("pods", record.namespace(), record.name(), DeleteOptions.NOW.forUid(record.uid()));
  }

  /// Until when a pod that is deleted before it was started is still there: its worker was busy
  /// starting it, and stops that first.
  private Instant unstartedUntil() {
    long grace = pod.integer(0, "metadata", "deletionGracePeriodSeconds");
    return Times.parse(pod.string("metadata", "deletionTimestamp"))
        .map(end -> Times.after(end, -grace).plus(START_ABORT))
        .orElse(context.now());
  }

  /// Removes the sandbox of a pod with its containers, and its volumes.
  static void remove(PodRecord pod, ContainerRuntime runtime) {
    if (!pod.sandboxId().isEmpty()) {
      runtime.removePodSandbox(pod.sandboxId());
    }
    pod.containers().values().forEach(container -> runtime.removeContainer(container.id()));
    pod.volumes().forEach(volume -> runtime.volumes().remove(pod.volumeId(volume)));
  }
}
