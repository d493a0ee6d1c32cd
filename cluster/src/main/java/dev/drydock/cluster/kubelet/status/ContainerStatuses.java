package dev.drydock.cluster.kubelet.status;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.ContainerStatus;
import dev.drydock.cluster.kubelet.ContainerRecord;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import dev.drydock.cluster.kubelet.prober.Prober;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The statuses of a pod's containers. Models kubelet.convertToAPIContainerStatuses.
final class ContainerStatuses {
  private static final int TERMINATION_MESSAGE_BYTES_MAX = 4096;
  private static final long FALLBACK_LINES = 80;

  private final JsonObject pod;
  private final PodRecord record;
  private final ContainerRuntime runtime;

  ContainerStatuses(JsonObject pod, PodRecord record, ContainerRuntime runtime) {
    this.pod = pod;
    this.record = record;
    this.runtime = runtime;
  }

  /// @param list `initContainers`, `containers` or `ephemeralContainers`
  JsonArray of(String list) {
    boolean init = list.equals("initContainers");
    return JsonArray.copyOf(
        pod.array("spec", list).objects().map(container -> status(container, init)).toList());
  }

  private JsonObject status(JsonObject container, boolean init) {
    ContainerRecord known = record.container(container.string("name"));
    // Until its hook has run, a container has not started as far as anybody is told.
    Optional<ContainerStatus> current =
        runtime
            .containerStatus(known.id())
            .filter(
                c -> !known.hook().isStarting() || !(c.state() instanceof ContainerState.Running));
    boolean running = current.filter(c -> c.state() instanceof ContainerState.Running).isPresent();
    JsonObject.Builder status = JsonObject.builder().put("name", container.string("name"));
    states(status, container, known, current);
    status.put("ready", running ? ready(container, known, init) : init && completed(current));
    status.put("restartCount", known.restarts());
    status.put(
        "image",
        current.map(c -> c.image().reference().toString()).orElse(container.string("image")));
    status.put("imageID", current.map(c -> c.image().repoDigest()).orElse(""));
    current.ifPresent(c -> status.put("containerID", "containerd://" + c.id()));
    status.put(
        "started",
        running && (!init || PodSpecs.isSidecar(container)) && Prober.isStarted(container, known));
    if (current.isPresent()) {
      status.put("resources", container.object("resources"));
      status.putUnlessEmpty("volumeMounts", mounts(container));
    }
    return status.build();
  }

  private static boolean ready(JsonObject container, ContainerRecord known, boolean init) {
    return (!init || PodSpecs.isSidecar(container)) && Prober.isReady(container, known);
  }

  private static boolean completed(Optional<ContainerStatus> current) {
    return current
        .filter(c -> c.state() instanceof ContainerState.Exited exited && exited.exitCode() == 0)
        .isPresent();
  }

  private void states(
      JsonObject.Builder status,
      JsonObject container,
      ContainerRecord known,
      Optional<ContainerStatus> current) {
    JsonObject last = known.lastTerminated();
    JsonObject state = waiting(known);
    if (current.isPresent()) {
      switch (current.get().state()) {
        case ContainerState.Running running ->
            state =
                JsonObject.of(
                    "running",
                    JsonObject.of("startedAt", Json.of(Times.seconds(running.startedAt()))));
        case ContainerState.Exited exited -> {
          JsonObject ended = withMessage(container, current.get(), exited);
          if (known.waiting().reason().isEmpty()) {
            state = JsonObject.of("terminated", ended);
          } else {
            last = ended;
          }
        }
        case ContainerState.Created _ -> {}
      }
    }
    status.put("state", state);
    status.put("lastState", last.isEmpty() ? JsonObject.EMPTY : JsonObject.of("terminated", last));
  }

  private JsonObject waiting(ContainerRecord known) {
    String reason = known.waiting().reason();
    if (reason.isEmpty()) {
      boolean hasInit = !pod.array("spec", "initContainers").isEmpty();
      reason = hasInit ? "PodInitializing" : "ContainerCreating";
    }
    return JsonObject.of(
        "waiting",
        JsonObject.builder()
            .put("reason", reason)
            .putUnlessEmpty("message", known.waiting().message())
            .build());
  }

  private JsonObject withMessage(
      JsonObject container, ContainerStatus current, ContainerState.Exited exited) {
    JsonObject terminated = PodStatus.terminated(current, exited);
    String message = terminationMessage(container, current, exited);
    return message.isEmpty() ? terminated : terminated.with("message", message);
  }

  private String terminationMessage(
      JsonObject container, ContainerStatus current, ContainerState.Exited exited) {
    String written =
        runtime
            .readFile(
                current.id(),
                container.string("terminationMessagePath"),
                TERMINATION_MESSAGE_BYTES_MAX)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    boolean fallback =
        written.isEmpty()
            && exited.exitCode() != 0
            && container.string("terminationMessagePolicy").equals("FallbackToLogsOnError");
    return fallback ? lastLines(current.id()) : written;
  }

  private String lastLines(String containerId) {
    var entries = runtime.log(containerId).entries();
    StringBuilder text = new StringBuilder();
    entries.stream()
        .skip(Math.max(0, entries.size() - FALLBACK_LINES))
        .forEach(
            entry -> text.append(new String(entry.bytes(), StandardCharsets.UTF_8)).append('\n'));
    int from = Math.max(0, text.length() - TERMINATION_MESSAGE_BYTES_MAX / 2);
    return text.substring(from);
  }

  private static JsonArray mounts(JsonObject container) {
    return JsonArray.copyOf(
        container
            .array("volumeMounts")
            .objects()
            .map(
                mount -> {
                  JsonObject.Builder shown =
                      JsonObject.builder()
                          .put("name", mount.string("name"))
                          .put("mountPath", mount.string("mountPath"));
                  if (mount.bool("readOnly")) {
                    shown.put("readOnly", true).put("recursiveReadOnly", "Disabled");
                  }
                  return shown.build();
                })
            .toList());
  }
}
