package dev.drydock.cluster.kubelet.prober;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import dev.drydock.cluster.kubelet.prober.Handlers.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Runs what is to happen after a container has started and before it is stopped, in the ways that
/// probes ask, or by letting time pass.
///
/// Models pkg/kubelet/lifecycle/handlers.go.
public final class LifecycleHooks {
  private final PodRecord record;
  private final Handlers handlers;
  private final Instant now;

  public LifecycleHooks(PodRecord record, ContainerRuntime runtime, String node, Instant now) {
    this.record = record;
    this.handlers = new Handlers(runtime, node);
    this.now = now;
  }

  private static JsonObject handler(Hook.Kind kind, JsonObject container) {
    return container.object("lifecycle", kind == Hook.Kind.POST_START ? "postStart" : "preStop");
  }

  public static boolean has(Hook.Kind kind, JsonObject container) {
    return !handler(kind, container).isEmpty();
  }

  public Hook begin(Hook.Kind kind, JsonObject container) {
    JsonObject handler = handler(kind, container);
    Hook running = new Hook(kind, Hook.Result.RUNNING, "", "", Instant.MAX);
    if (handler.has("sleep")) {
      Instant due = Times.after(now, handler.integer(0, "sleep", "seconds"));
      return new Hook(kind, Hook.Result.RUNNING, "", "", due);
    }
    return judged(running, handlers.begin(handler, target(container)));
  }

  private Handlers.Target target(JsonObject container) {
    return new Handlers.Target(
        record.ip(), record.container(container.string("name")).id(), container);
  }

  private static Hook judged(Hook hook, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success() -> hook.with(Hook.Result.SUCCEEDED);
      case Outcome.Failure _ -> hook.with(Hook.Result.FAILED);
      case Outcome.Pending(String channel) ->
          new Hook(hook.kind(), Hook.Result.RUNNING, channel, hook.received(), hook.due());
    };
  }

  /// The container whose hook waits on a connection or an exec session.
  public static Optional<String> waitingOn(PodRecord pod, String channel) {
    return pod.containers().entrySet().stream()
        .filter(entry -> entry.getValue().hook().channel().equals(channel))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// What a hook waits for has something to say.
  public PodRecord hear(JsonObject pod, String name) {
    Hook hook = record.container(name).hook();
    JsonObject container =
        PodSpecs.allContainers(pod)
            .filter(c -> c.string("name").equals(name))
            .findFirst()
            .orElse(JsonObject.EMPTY);
    ProbeRecord asked = ProbeRecord.NEW.waitingOn(hook.channel()).withReceived(hook.received());
    Handlers.Heard heard = handlers.hear(handler(hook.kind(), container), asked);
    Hook next =
        heard.outcome() instanceof Outcome.Pending
            ? new Hook(
                hook.kind(), hook.result(), hook.channel(), heard.probe().received(), hook.due())
            : judged(hook, heard.outcome());
    return record.with(name, record.container(name).with(next));
  }
}
