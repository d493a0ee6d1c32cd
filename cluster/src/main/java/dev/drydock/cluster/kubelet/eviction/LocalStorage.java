package dev.drydock.cluster.kubelet.eviction;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import java.util.List;
import java.util.Optional;

/// What a pod keeps on its node's disk, and the limits it has for that: of its emptyDir volumes, of
/// its containers, of both together.
///
/// Models localStorageEviction of pkg/kubelet/eviction.
public final class LocalStorage {
  private static final String RESOURCE = "ephemeral-storage";

  private final JsonObject pod;
  private final PodRecord record;
  private final ContainerRuntime runtime;

  public LocalStorage(JsonObject pod, PodRecord record, ContainerRuntime runtime) {
    this.pod = pod;
    this.record = record;
    this.runtime = runtime;
  }

  /// Whether the pod has limits that have to be watched.
  public static boolean isLimited(JsonObject pod) {
    return emptyDirs(pod).stream().anyMatch(v -> !v.string("emptyDir", "sizeLimit").isEmpty())
        || PodSpecs.containers(pod).stream().anyMatch(c -> !limit(c).isEmpty());
  }

  private static List<JsonObject> emptyDirs(JsonObject pod) {
    return pod.array("spec", "volumes")
        .objects()
        .filter(volume -> volume.has("emptyDir"))
        .filter(volume -> !volume.string("emptyDir", "medium").equals("Memory"))
        .toList();
  }

  private static String limit(JsonObject container) {
    return container.string("resources", "limits", RESOURCE);
  }

  /// Which limit is exceeded, in the words of the pod's status; empty for none.
  public Optional<String> excess() {
    return ofVolumes().or(this::ofPod).or(this::ofContainers);
  }

  private long used(JsonObject emptyDir) {
    return runtime.volumes().usedBytes(record.volumeId(emptyDir.string("name")));
  }

  private long written(JsonObject container) {
    return runtime.writtenBytes(record.container(container.string("name")).id());
  }

  private Optional<String> ofVolumes() {
    for (JsonObject volume : emptyDirs(pod)) {
      String limit = volume.string("emptyDir", "sizeLimit");
      if (!limit.isEmpty() && used(volume) > Quantity.parse(limit).value()) {
        return Optional.of(
            "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                .formatted(volume.string("name"), Quantity.parse(limit)));
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofPod() {
    Optional<Quantity> limit =
        PodSpecs.containers(pod).stream()
            .map(LocalStorage::limit)
            .filter(text -> !text.isEmpty())
            .map(Quantity::parse)
            .reduce(Quantity::plus);
    long used =
        PodSpecs.containers(pod).stream().mapToLong(this::written).sum()
            + emptyDirs(pod).stream().mapToLong(this::used).sum();
    return limit
        .filter(quantity -> used > quantity.value())
        .map(
            "Pod ephemeral local storage usage exceeds the total limit of containers %s. "
                ::formatted);
  }

  private Optional<String> ofContainers() {
    for (JsonObject container : PodSpecs.containers(pod)) {
      String limit = limit(container);
      if (!limit.isEmpty() && written(container) > Quantity.parse(limit).value()) {
        return Optional.of(
            "Container %s exceeded its local ephemeral storage limit \"%s\". "
                .formatted(container.string("name"), Quantity.parse(limit)));
      }
    }
    return Optional.empty();
  }
}
