package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import dev.drydock.cluster.volume.Claims;
import java.util.List;

/// Keeps a pod in the zones that its volumes' labels name. Models plugins/volumezone.
public final class VolumeZone implements FilterPlugin {
  private static final List<String> LABELS =
      List.of(
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region");

  @Override
  public String name() {
    return "VolumeZone";
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    List<JsonObject> zoned =
        VolumeBinding.claimNames(pod)
            .flatMap(
                name ->
                    snapshot
                        .client()
                        .get(Claims.RESOURCE, ObjectMeta.namespace(pod), name)
                        .stream())
            .flatMap(
                claim ->
                    snapshot
                        .client()
                        .get(Claims.VOLUMES, "", claim.string("spec", "volumeName"))
                        .stream())
            .filter(volume -> LABELS.stream().anyMatch(ObjectMeta.labels(volume)::containsKey))
            .toList();
    return zoned.isEmpty()
        ? PreFilterResult.SKIP
        : new PreFilterResult.PerNode(node -> filter(zoned, node));
  }

  private static Status filter(List<JsonObject> volumes, NodeInfo node) {
    if (LABELS.stream().noneMatch(node.labels()::containsKey)) {
      return Status.SUCCESS;
    }
    return volumes.stream().allMatch(volume -> isIn(volume, node))
        ? Status.SUCCESS
        : Status.unresolvable("node(s) had no available volume zone");
  }

  private static boolean isIn(JsonObject volume, NodeInfo node) {
    return ObjectMeta.labels(volume).entrySet().stream()
        .filter(label -> LABELS.contains(label.getKey()))
        .allMatch(
            label ->
                List.of(label.getValue().split("__"))
                    .contains(node.labels().getOrDefault(label.getKey(), "")));
  }
}
