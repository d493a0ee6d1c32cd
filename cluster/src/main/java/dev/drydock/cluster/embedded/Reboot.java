package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.cri.ContainerConfig;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.ContainerStatus;
import dev.drydock.cluster.cri.RuntimeState;
import dev.drydock.cluster.durability.Durable;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.ImageCatalog;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.storage.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A cluster whose nodes were off: its objects and disks are as they were, and of its containers
/// there is left that they were. Those that ran are found dead, as containerd finds them after a
/// reboot.
///
/// Models containerd's internal/cri/server/restart.go.
final class Reboot {
  private static final String CONTAINER = "containerd://";
  private static final int EXIT_CODE_UNKNOWN = 255;

  private Reboot() {}

  /// @param notBefore time goes on from here, or from where it was when that is later
  static ClusterState of(Durable kept, ClusterIdentity identity, Instant notBefore) {
    Instant now = kept.now().isBefore(notBefore) ? notBefore : kept.now();
    List<ContainerStatus> containers = new ArrayList<>();
    kept.store()
        .list("pods", "")
        .map(StoredObject::object)
        .forEach(pod -> containers(pod, now, containers));
    return ClusterState.booted(
        identity,
        kept.store(),
        kept.entropy(),
        now,
        RuntimeState.booted(ImageCatalog.BUILT_IN, kept.disks(), containers));
  }

  private static void containers(JsonObject pod, Instant now, List<ContainerStatus> containers) {
    for (String list : new String[] {"initContainer", "container", "ephemeralContainer"}) {
      for (JsonObject spec : pod.array("spec", list + "s").objects().toList()) {
        pod.array("status", list + "Statuses")
            .objects()
            .filter(status -> status.string("name").equals(spec.string("name")))
            .flatMap(status -> container(spec, status, now))
            .forEach(containers::add);
      }
    }
  }

  private static Stream<ContainerStatus> container(
      JsonObject spec, JsonObject status, Instant now) {
    String id = status.string("containerID");
    Optional<Image> image = ImageCatalog.BUILT_IN.resolve(spec.string("image"));
    Optional<ContainerState> state = state(status, now);
    if (!id.startsWith(CONTAINER) || image.isEmpty() || state.isEmpty()) {
      return Stream.empty();
    }
    ContainerConfig config =
        ContainerConfig.of(spec.string("name"), spec.string("image"))
            .withAttempt((int) status.integer(0, "restartCount"));
    return Stream.of(
        new ContainerStatus(
            id.substring(CONTAINER.length()), "", config, image.get(), now, state.get(), 0, 0));
  }

  private static Optional<ContainerState> state(JsonObject status, Instant now) {
    JsonObject ended = status.object("state", "terminated");
    if (ended.isEmpty() && status.object("state").has("waiting")) {
      // It waits to be started again, after the end that its last state tells of.
      ended = status.object("lastState", "terminated");
    }
    if (!ended.isEmpty()) {
      return Optional.of(
          new ContainerState.Exited(
              Times.parse(ended.string("startedAt")).orElse(now),
              Times.parse(ended.string("finishedAt")).orElse(now),
              (int) ended.integer(0, "exitCode"),
              ended.string("reason"),
              ended.string("message")));
    }
    return Times.parse(status.string("state", "running", "startedAt"))
        .map(started -> new ContainerState.Exited(started, now, EXIT_CODE_UNKNOWN, "Unknown", ""));
  }
}
