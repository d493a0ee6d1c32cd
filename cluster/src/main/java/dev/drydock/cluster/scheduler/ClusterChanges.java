package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.scheduler.framework.Pods;
import dev.drydock.cluster.volume.Claims;
import java.util.Optional;

/// Which changes may help pods that were refused, and by which plugins. Models EventsToRegister of
/// the plugins, without the hints that look closer.
final class ClusterChanges {
  static final ImmutableSet<String> WATCHED =
      ImmutableSet.of("nodes", Claims.RESOURCE, Claims.VOLUMES, Claims.CLASSES);

  private static final ImmutableSet<String> NEIGHBOURS =
      ImmutableSet.of("InterPodAffinity", "PodTopologySpread");
  private static final ImmutableSet<String> ROOM =
      ImmutableSet.of(
          "NodeResourcesFit",
          "NodePorts",
          "VolumeRestrictions",
          "InterPodAffinity",
          "PodTopologySpread");
  private static final ImmutableSet<String> VOLUMES =
      ImmutableSet.of("VolumeBinding", "VolumeZone", "VolumeRestrictions");
  private static final ImmutableSet<String> ALL = ImmutableSet.of();

  private ClusterChanges() {}

  /// The plugins whose reasons a change may remove; an empty set stands for all of them.
  static Optional<ImmutableSet<String>> helped(WatchEvent event) {
    return switch (event.resource()) {
      case "pods" -> byPod(event);
      case "nodes" -> byNode(event);
      default -> event.type() == WatchEvent.Type.DELETED ? Optional.empty() : Optional.of(VOLUMES);
    };
  }

  private static Optional<ImmutableSet<String>> byPod(WatchEvent event) {
    JsonObject pod = event.object();
    JsonObject before = event.previous();
    if (!Pods.isAssigned(pod)) {
      boolean freesPromise = !before.string("status", "nominatedNodeName").isEmpty();
      boolean gone = event.type() == WatchEvent.Type.DELETED;
      return gone && freesPromise ? Optional.of(ROOM) : Optional.empty();
    }
    boolean ended = Pods.hasEnded(pod) && !Pods.hasEnded(before);
    if (event.type() == WatchEvent.Type.DELETED || ended) {
      return Optional.of(ROOM);
    }
    boolean near =
        !Pods.isAssigned(before) || !ObjectMeta.labels(pod).equals(ObjectMeta.labels(before));
    boolean smaller = !pod.object("spec").equals(before.object("spec"));
    if (near) {
      return Optional.of(NEIGHBOURS);
    }
    return smaller ? Optional.of(ROOM) : Optional.empty();
  }

  /// Its kubelet's heartbeats help nobody.
  private static Optional<ImmutableSet<String>> byNode(WatchEvent event) {
    JsonObject node = event.object();
    JsonObject before = event.previous();
    boolean same =
        event.type() == WatchEvent.Type.DELETED
            || (event.type() == WatchEvent.Type.MODIFIED
                && node.object("spec").equals(before.object("spec"))
                && ObjectMeta.labels(node).equals(ObjectMeta.labels(before))
                && node.object("status", "allocatable")
                    .equals(before.object("status", "allocatable")));
    return same ? Optional.empty() : Optional.of(ALL);
  }
}
