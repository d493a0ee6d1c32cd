package dev.drydock.cluster.kubelet.prober;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.ContainerStatus;
import dev.drydock.cluster.kubelet.ContainerRecord;
import dev.drydock.cluster.kubelet.NodeRegistration;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import dev.drydock.cluster.kubelet.prober.Handlers.Outcome;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The probes of one pod: sets their timers, lets them run, counts their outcomes. Models
/// pkg/kubelet/prober.
public final class Prober {
  /// The prefix of the names of this room's timers.
  public static final String TIMER = "probe";

  private final JsonObject pod;
  private final NodeRegistration node;
  private final ComponentContext context;
  private final Handlers handlers;
  private PodRecord record;

  public Prober(JsonObject pod, PodRecord record, NodeRegistration node, ComponentContext context) {
    this.pod = pod;
    this.record = record;
    this.node = node;
    this.context = context;
    this.handlers = new Handlers(context.runtime(), node.name());
  }

  /// Which probe a timer belongs to.
  ///
  /// @param timeout whether it says that the time of a probe under way is over
  public record Address(String uid, String container, ProbeKind kind, boolean timeout) {

    public static Address parse(String timer) {
      String[] parts = timer.split("/", -1);
      return new Address(
          parts[1], parts[2], ProbeKind.valueOf(parts[3]), parts[0].equals(TIMER + "-timeout"));
    }

    String timer() {
      return String.join("/", TIMER, uid, container, kind.name());
    }

    String timeoutTimer() {
      return String.join("/", TIMER + "-timeout", uid, container, kind.name());
    }
  }

  /// Whether a running container counts as started: it has no startup probe, or that has succeeded.
  public static boolean isStarted(JsonObject container, ContainerRecord known) {
    return !ProbeKind.STARTUP.isOn(container)
        || result(known, ProbeKind.STARTUP) == ProbeRecord.Result.SUCCESS;
  }

  /// Whether a running container counts as ready.
  public static boolean isReady(JsonObject container, ContainerRecord known) {
    return isStarted(container, known)
        && (!ProbeKind.READINESS.isOn(container)
            || result(known, ProbeKind.READINESS) == ProbeRecord.Result.SUCCESS);
  }

  /// The probe because of which a container must be restarted, if there is one.
  public static Optional<ProbeKind> failed(JsonObject container, ContainerRecord known) {
    for (ProbeKind kind : new ProbeKind[] {ProbeKind.STARTUP, ProbeKind.LIVENESS}) {
      if (kind.isOn(container) && result(known, kind) == ProbeRecord.Result.FAILURE) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static ProbeRecord.Result result(ContainerRecord known, ProbeKind kind) {
    return known.probes().getOrDefault(kind.name(), ProbeRecord.NEW).result();
  }

  /// The probe of a pod that waits on a connection or an exec session.
  public static Optional<Address> waitingOn(PodRecord pod, String channel) {
    for (Map.Entry<String, ContainerRecord> container : pod.containers().entrySet()) {
      for (Map.Entry<String, ProbeRecord> probe : container.getValue().probes().entrySet()) {
        if (probe.getValue().channel().equals(channel)) {
          return Optional.of(
              new Address(pod.uid(), container.getKey(), ProbeKind.valueOf(probe.getKey()), false));
        }
      }
    }
    return Optional.empty();
  }

  /// Sets the timers of probes whose container has come to run.
  public PodRecord arrange() {
    PodSpecs.allContainers(pod).forEach(this::arrange);
    return record;
  }

  private void arrange(JsonObject container) {
    String name = container.string("name");
    Optional<Instant> started = runningSince(name);
    if (started.isEmpty() || record.container(name).hook().isStarting()) {
      return;
    }
    for (ProbeKind kind : ProbeKind.values()) {
      if (kind.isOn(container) && !record.container(name).probes().containsKey(kind.name())) {
        put(name, kind, ProbeRecord.NEW);
        long delay =
            Math.max(
                kind.of(container).integer(0, "initialDelaySeconds"),
                context.runtime().isSteady(record.container(name).id()) ? 1 : 0);
        Instant first = started.get().plusSeconds(delay);
        context.setTimer(
            new Address(record.uid(), name, kind, false).timer(),
            first.isBefore(context.now()) ? context.now() : first);
      }
    }
  }

  private Optional<Instant> runningSince(String name) {
    return context
        .runtime()
        .containerStatus(record.container(name).id())
        .map(ContainerStatus::state)
        .filter(ContainerState.Running.class::isInstance)
        .map(state -> ((ContainerState.Running) state).startedAt());
  }

  private void put(String container, ProbeKind kind, ProbeRecord probe) {
    record = record.with(container, record.container(container).withProbe(kind.name(), probe));
  }

  private Optional<JsonObject> container(String name) {
    return PodSpecs.allContainers(pod).filter(c -> c.string("name").equals(name)).findFirst();
  }

  /// A timer fired: the next probe is due, or the one under way has taken too long.
  public PodRecord fire(Address address) {
    ProbeRecord probe = record.container(address.container()).probes().get(address.kind().name());
    Optional<JsonObject> container = container(address.container());
    boolean stopping = record.container(address.container()).isStopping();
    if (probe == null
        || container.isEmpty()
        || stopping
        || runningSince(address.container()).isEmpty()) {
      return record;
    }
    if (address.timeout()) {
      if (probe.isUnderWay()) {
        conclude(
            address,
            container.get(),
            handlers.timedOut(spec(address, container.get()), probe, target(container.get())));
      }
    } else {
      if (isKnown(address, probe)) {
        return record;
      }
      scheduleNext(address, container.get());
      if (mayRun(address.kind(), container.get())) {
        begin(address, container.get(), probe);
      }
    }
    return record;
  }

  /// A program whose answers never change is asked until its probe has succeeded, and no more.
  private boolean isKnown(Address address, ProbeRecord probe) {
    return probe.result() == ProbeRecord.Result.SUCCESS
        && context.runtime().isSteady(record.container(address.container()).id());
  }

  private static JsonObject spec(Address address, JsonObject container) {
    return address.kind().of(container);
  }

  private Handlers.Target target(JsonObject container) {
    return new Handlers.Target(
        record.ip(), record.container(container.string("name")).id(), container);
  }

  /// Before a container has started only its startup probe runs, afterwards only the others.
  private boolean mayRun(ProbeKind kind, JsonObject container) {
    boolean started = isStarted(container, record.container(container.string("name")));
    return kind == ProbeKind.STARTUP ? !started : started;
  }

  private void scheduleNext(Address address, JsonObject container) {
    long period = spec(address, container).integer(10, "periodSeconds");
    context.setTimer(address.timer(), Duration.ofSeconds(period));
  }

  private void begin(Address address, JsonObject container, ProbeRecord probe) {
    Outcome outcome = handlers.begin(spec(address, container), target(container));
    if (outcome instanceof Outcome.Pending(String channel)) {
      put(address.container(), address.kind(), probe.waitingOn(channel));
      long timeout = spec(address, container).integer(1, "timeoutSeconds");
      context.setTimer(address.timeoutTimer(), Duration.ofSeconds(timeout));
    } else {
      conclude(address, container, outcome);
    }
  }

  /// What a probe under way waits for has something to say.
  public PodRecord hear(Address address) {
    ProbeRecord probe = record.container(address.container()).probes().get(address.kind().name());
    Optional<JsonObject> container = container(address.container());
    if (probe == null || container.isEmpty()) {
      return record;
    }
    Handlers.Heard heard = handlers.hear(spec(address, container.get()), probe);
    if (heard.outcome() instanceof Outcome.Pending) {
      put(address.container(), address.kind(), heard.probe());
    } else {
      conclude(address, container.get(), heard.outcome());
    }
    return record;
  }

  private void conclude(Address address, JsonObject container, Outcome outcome) {
    context.cancelTimer(address.timeoutTimer());
    ProbeRecord probe =
        record
            .container(address.container())
            .probes()
            .getOrDefault(address.kind().name(), ProbeRecord.NEW);
    JsonObject spec = spec(address, container);
    if (outcome instanceof Outcome.Failure(String output)) {
      EventRecorder.Subject subject =
          new EventRecorder.Subject(pod, PodSpecs.fieldPath(pod, address.container()));
      node.recorder(context)
          .warning(subject, "Unhealthy", address.kind().title() + " probe failed: " + output);
      put(
          address.container(),
          address.kind(),
          probe.failed((int) spec.integer(3, "failureThreshold")));
    } else {
      put(
          address.container(),
          address.kind(),
          probe.succeeded((int) spec.integer(1, "successThreshold")));
    }
  }
}
