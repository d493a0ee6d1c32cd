package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import dev.drydock.cluster.volume.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes a pod only where its claims have, or can get, their volumes. Models plugins/volumebinding.
public final class VolumeBinding implements FilterPlugin {

  @Override
  public String name() {
    return "VolumeBinding";
  }

  /// The names of the claims that a pod mounts, those made for its ephemeral volumes included.
  static Stream<String> claimNames(JsonObject pod) {
    return pod.array("spec", "volumes")
        .objects()
        .filter(volume -> volume.has("persistentVolumeClaim") || volume.has("ephemeral"))
        .map(volume -> claimName(pod, volume));
  }

  private static String claimName(JsonObject pod, JsonObject volume) {
    return volume.has("ephemeral")
        ? ObjectMeta.name(pod) + "-" + volume.string("name")
        : volume.string("persistentVolumeClaim", "claimName");
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    List<JsonObject> bound = new ArrayList<>();
    ImmutableList.Builder<JsonObject> waiting = ImmutableList.builder();
    boolean unbound = false;
    for (JsonObject volume : pod.array("spec", "volumes").objects().toList()) {
      if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
        continue;
      }
      Optional<JsonObject> claim =
          snapshot.client().get(Claims.RESOURCE, ObjectMeta.namespace(pod), claimName(pod, volume));
      String problem = problem(pod, volume, claim);
      if (!problem.isEmpty()) {
        return new PreFilterResult.Rejected(problem);
      }
      if (Claims.isFullyBound(claim.orElseThrow())) {
        bound.add(claim.get());
      } else if (isWaiting(claim.get(), snapshot.client())) {
        waiting.add(claim.get());
      } else {
        unbound = true;
      }
    }
    if (unbound) {
      return new PreFilterResult.Rejected("pod has unbound immediate PersistentVolumeClaims");
    }
    ImmutableList<JsonObject> delayed = waiting.build();
    return bound.isEmpty() && delayed.isEmpty()
        ? PreFilterResult.SKIP
        : new PreFilterResult.PerNode(node -> filter(bound, delayed, node, snapshot.client()));
  }

  private static String problem(JsonObject pod, JsonObject volume, Optional<JsonObject> claim) {
    String name = claimName(pod, volume);
    if (claim.isEmpty()) {
      return volume.has("ephemeral")
          ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"%s\""
              .formatted(name)
          : "persistentvolumeclaim \"%s\" not found".formatted(name);
    }
    if (claim.get().string("status", "phase").equals("Lost")) {
      return "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
          .formatted(name, claim.get().string("spec", "volumeName"));
    }
    if (ObjectMeta.isBeingDeleted(claim.get())) {
      return "persistentvolumeclaim \"%s\" is being deleted".formatted(name);
    }
    if (volume.has("ephemeral") && !isOf(pod, claim.get())) {
      return "PVC %s was not created for pod %s (pod is not owner)"
          .formatted(
              ObjectMeta.namespace(pod) + "/" + name,
              ObjectMeta.namespace(pod) + "/" + ObjectMeta.name(pod));
    }
    return "";
  }

  private static boolean isOf(JsonObject pod, JsonObject claim) {
    return ObjectMeta.controllerOf(claim)
        .filter(owner -> owner.string("uid").equals(ObjectMeta.uid(pod)))
        .isPresent();
  }

  private static boolean isWaiting(JsonObject claim, Client client) {
    return claim.string("spec", "volumeName").isEmpty()
        && Claims.storageClass(claim, client).filter(Claims::isDelayed).isPresent();
  }

  private static Status filter(
      List<JsonObject> bound, ImmutableList<JsonObject> waiting, NodeInfo node, Client client) {
    List<String> reasons = new ArrayList<>();
    for (JsonObject claim : bound) {
      Optional<JsonObject> volume =
          client.get(Claims.VOLUMES, "", claim.string("spec", "volumeName"));
      if (volume.isEmpty()) {
        return Status.unresolvable(
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
      }
      if (!VolumePlan.reaches(volume.get(), node.node()) && reasons.isEmpty()) {
        reasons.add("node(s) didn't match PersistentVolume's node affinity");
      }
    }
    if (VolumePlan.of(waiting, node.node(), client).isEmpty()) {
      reasons.add("node(s) didn't find available persistent volumes to bind");
    }
    return reasons.isEmpty() ? Status.SUCCESS : Status.unresolvable(reasons.toArray(String[]::new));
  }

  /// What has to be written before a pod may be bound to a node; empty when nothing has.
  public static Optional<VolumePlan> plan(JsonObject pod, JsonObject node, Client client) {
    ImmutableList<JsonObject> waiting =
        claimNames(pod)
            .flatMap(name -> client.get(Claims.RESOURCE, ObjectMeta.namespace(pod), name).stream())
            .filter(claim -> !Claims.isFullyBound(claim))
            .collect(ImmutableList.toImmutableList());
    return waiting.isEmpty() ? Optional.empty() : VolumePlan.of(waiting, node, client);
  }

  /// Whether all claims of a pod are bound.
  public static boolean isReady(JsonObject pod, Client client) {
    return claimNames(pod)
        .allMatch(
            name ->
                client
                    .get(Claims.RESOURCE, ObjectMeta.namespace(pod), name)
                    .filter(Claims::isFullyBound)
                    .isPresent());
  }
}
