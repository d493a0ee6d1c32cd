package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.kubelet.images.Pull;
import dev.drydock.cluster.kubelet.prober.Hook;
import dev.drydock.cluster.kubelet.prober.ProbeRecord;
import java.time.Instant;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// What the kubelet remembers of one container of a pod.
///
/// @param id in the runtime; empty before the first start
/// @param restarts how often it was started again
/// @param lastTerminated the `lastState.terminated` of its status; empty before the first end
/// @param waiting why it does not run; its reason is empty when there is nothing to say
/// @param killAt when it gets SIGKILL; the far future while nobody stops it
/// @param probes by kind of probe
/// @param hook that runs now
public record ContainerRecord(
    String id,
    int restarts,
    JsonObject lastTerminated,
    Waiting waiting,
    Backoff crashes,
    Pull pull,
    Instant killAt,
    PMap<String, ProbeRecord> probes,
    Hook hook) {

  /// Why a container waits, as its status says it.
  public record Waiting(String reason, String message) {
    public static final Waiting NONE = new Waiting("", "");
  }

  public static final ContainerRecord NEW = found("", 0, JsonObject.EMPTY);

  /// A container that was there before the kubelet started.
  static ContainerRecord found(String id, int restarts, JsonObject lastTerminated) {
    return new ContainerRecord(
        id,
        restarts,
        lastTerminated,
        Waiting.NONE,
        Backoff.NONE,
        Pull.NONE,
        Instant.MAX,
        HashTreePMap.empty(),
        Hook.NONE);
  }

  public boolean created() {
    return !id.isEmpty();
  }

  public boolean isStopping() {
    return !killAt.equals(Instant.MAX);
  }

  public ContainerRecord waiting(String reason, String message) {
    return new ContainerRecord(
        id,
        restarts,
        lastTerminated,
        new Waiting(reason, message),
        crashes,
        pull,
        killAt,
        probes,
        hook);
  }

  public ContainerRecord with(Pull next) {
    return new ContainerRecord(
        id, restarts, lastTerminated, waiting, crashes, next, killAt, probes, hook);
  }

  ContainerRecord withCrashes(Backoff next) {
    return new ContainerRecord(
        id, restarts, lastTerminated, waiting, next, pull, killAt, probes, hook);
  }

  public ContainerRecord stoppingUntil(Instant at) {
    return new ContainerRecord(
        id, restarts, lastTerminated, waiting, crashes, pull, at, probes, hook);
  }

  public ContainerRecord withProbe(String kind, ProbeRecord probe) {
    return new ContainerRecord(
        id,
        restarts,
        lastTerminated,
        waiting,
        crashes,
        pull,
        killAt,
        probes.plus(kind, probe),
        hook);
  }

  public ContainerRecord with(Hook next) {
    return new ContainerRecord(
        id, restarts, lastTerminated, waiting, crashes, pull, killAt, probes, next);
  }

  /// A new container has been made for it.
  public ContainerRecord started(String newId) {
    return new ContainerRecord(
        newId,
        restarts,
        lastTerminated,
        Waiting.NONE,
        crashes,
        Pull.NONE,
        Instant.MAX,
        HashTreePMap.empty(),
        Hook.NONE);
  }

  /// It ended, and its successor is about to be made.
  ContainerRecord restarting(JsonObject terminated) {
    return new ContainerRecord(
        id, restarts + 1, terminated, waiting, crashes, pull, killAt, probes, hook);
  }
}
