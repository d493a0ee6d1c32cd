package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import dev.drydock.cluster.volume.Claims;
import java.util.Set;
import java.util.stream.Collectors;

/// Lets only one pod at a time use a ReadWriteOncePod claim. Models plugins/volumerestrictions; the
/// disks of clouds it also knows of do not exist here.
public final class VolumeRestrictions implements FilterPlugin {

  @Override
  public String name() {
    return "VolumeRestrictions";
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    String namespace = ObjectMeta.namespace(pod);
    Set<String> exclusive =
        VolumeBinding.claimNames(pod)
            .filter(
                name ->
                    snapshot
                        .client()
                        .get(Claims.RESOURCE, namespace, name)
                        .filter(VolumeRestrictions::isExclusive)
                        .isPresent())
            .collect(Collectors.toSet());
    boolean taken =
        !exclusive.isEmpty()
            && snapshot.nodes().stream()
                .flatMap(node -> node.pods().stream())
                .filter(other -> ObjectMeta.namespace(other).equals(namespace))
                .anyMatch(other -> VolumeBinding.claimNames(other).anyMatch(exclusive::contains));
    return taken
        ? new PreFilterResult.PerNode(
            _ ->
                Status.unschedulable(
                    "node has pod using PersistentVolumeClaim with the same name and"
                        + " ReadWriteOncePod access mode"))
        : PreFilterResult.SKIP;
  }

  private static boolean isExclusive(JsonObject claim) {
    return claim.array("spec", "accessModes").strings().anyMatch("ReadWriteOncePod"::equals);
  }
}
