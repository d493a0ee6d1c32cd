package dev.drydock.cluster.kubelet.volume;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.cri.CriException;
import dev.drydock.cluster.cri.VolumeService;
import dev.drydock.cluster.cri.VolumeService.HostPathType;
import dev.drydock.cluster.kubelet.DownwardApi;
import dev.drydock.cluster.kubelet.NodeRegistration;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.volume.Claims;
import java.util.List;
import java.util.Optional;

/// Gets the volumes of a pod ready. Models pkg/kubelet/volumemanager with the in-tree plugins.
///
/// Implemented: emptyDir, hostPath, nfs, configMap, secret, projected, downwardAPI, and claims
/// bound to hostPath, local and nfs volumes. Other sources fail to mount, in words.
public final class VolumeManager {
  private final JsonObject pod;
  private final PodRecord record;
  private final NodeRegistration node;
  private final ComponentContext context;
  private final VolumeService volumes;
  private final VolumeContents contents;

  public VolumeManager(
      JsonObject pod, PodRecord record, NodeRegistration node, ComponentContext context) {
    this.pod = pod;
    this.record = record;
    this.node = node;
    this.context = context;
    this.volumes = context.runtime().volumes();
    this.contents =
        new VolumeContents(
            pod,
            context.client(),
            new DownwardApi(pod, record.ip(), node.address(), node.allocatable()));
  }

  /// Whether a volume shows something of the pod itself, which may change while it runs.
  public static boolean showsPod(JsonObject pod) {
    return pod.array("spec", "volumes")
        .objects()
        .anyMatch(
            volume ->
                volume.has("downwardAPI")
                    || volume
                        .array("projected", "sources")
                        .objects()
                        .anyMatch(source -> source.has("downwardAPI")));
  }

  /// Mounts what is not mounted yet, and fills anew what Kubernetes fills.
  ///
  /// @return what went wrong first, in the words of the FailedMount event
  public Optional<String> mount() {
    for (JsonObject volume : pod.array("spec", "volumes").objects().toList()) {
      String shownAs = volume.string("name");
      try {
        Optional<JsonObject> claimed = claimed(volume);
        shownAs = claimed.map(ObjectMeta::name).orElse(shownAs);
        mount(record.volumeId(volume.string("name")), volume, claimed);
      } catch (MountException | CriException e) {
        return Optional.of(
            "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(shownAs, e.getMessage()));
      } catch (ClaimException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private void mount(String id, JsonObject volume, Optional<JsonObject> claimed)
      throws MountException, CriException {
    JsonObject source = claimed.map(v -> v.object("spec")).orElse(volume);
    if (source.has("emptyDir")) {
      emptyDir(id, source.object("emptyDir"));
    } else if (source.has("hostPath")) {
      hostPath(id, source.object("hostPath"));
    } else if (source.has("local")) {
      local(id, source.string("local", "path"));
    } else if (source.has("nfs")) {
      volumes.createShared(id, source.string("nfs", "server"), source.string("nfs", "path"));
    } else if (contents.fills(source)) {
      volumes.setContents(id, contents.of(source));
    } else {
      throw new MountException(unavailable(source));
    }
  }

  private static String unavailable(JsonObject source) {
    return source.has("csi")
        ? "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name %s not found in the list of registered CSI drivers"
            .formatted(source.string("csi", "driver"))
        : "this kind of volume is not available on this node";
  }

  /// In memory a volume is as large as its limit, or as what the containers may hold.
  private void emptyDir(String id, JsonObject source) {
    if (!source.string("medium").equals("Memory")) {
      volumes.createEmpty(id);
      return;
    }
    long own = bytes(source.string("sizeLimit"));
    List<Long> limits =
        PodSpecs.containers(pod).stream()
            .map(container -> bytes(container.string("resources", "limits", "memory")))
            .toList();
    long ofPod = limits.contains(0L) ? 0 : limits.stream().mapToLong(Long::longValue).sum();
    volumes.createInMemory(
        id, own == 0 || ofPod == 0 ? Math.max(own, ofPod) : Math.min(own, ofPod));
  }

  private static long bytes(String quantity) {
    return quantity.isEmpty() ? 0 : Quantity.parse(quantity).value();
  }

  private void hostPath(String id, JsonObject source) throws CriException {
    if (!volumes.exists(id)) {
      volumes.createHostPath(
          id, node.name(), source.string("path"), hostPathType(source.string("type")));
    }
  }

  private static HostPathType hostPathType(String type) {
    return switch (type) {
      case "DirectoryOrCreate" -> HostPathType.DIRECTORY_OR_CREATE;
      case "Directory" -> HostPathType.DIRECTORY;
      case "FileOrCreate" -> HostPathType.FILE_OR_CREATE;
      case "File" -> HostPathType.FILE;
      case "Socket" -> HostPathType.SOCKET;
      case "CharDevice" -> HostPathType.CHAR_DEVICE;
      case "BlockDevice" -> HostPathType.BLOCK_DEVICE;
      default -> HostPathType.UNSET;
    };
  }

  private void local(String id, String path) throws MountException, CriException {
    if (!volumes.exists(id)) {
      try {
        volumes.createHostPath(id, node.name(), path, HostPathType.DIRECTORY);
      } catch (CriException e) {
        throw new MountException("path \"%s\" does not exist".formatted(path));
      }
    }
  }

  /// The volume that a claim stands for; empty when the volume is none of a claim.
  private Optional<JsonObject> claimed(JsonObject volume) throws ClaimException {
    if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      return Optional.empty();
    }
    String namespace = ObjectMeta.namespace(pod);
    String name =
        volume.has("ephemeral")
            ? ObjectMeta.name(pod) + "-" + volume.string("name")
            : volume.string("persistentVolumeClaim", "claimName");
    Optional<JsonObject> claim = context.client().get(Claims.RESOURCE, namespace, name);
    if (claim.isEmpty()) {
      throw refused(namespace, name, "persistentvolumeclaim \"%s\" not found".formatted(name));
    }
    if (ObjectMeta.isBeingDeleted(claim.get()) && !volumes.exists(id(volume))) {
      throw refused(namespace, name, "PVC is being deleted");
    }
    Optional<JsonObject> bound =
        context.client().get(Claims.VOLUMES, "", claim.get().string("spec", "volumeName"));
    if (bound.isEmpty() || !claim.get().string("status", "phase").equals("Bound")) {
      throw refused(namespace, name, "PVC is not bound");
    }
    return bound;
  }

  private String id(JsonObject volume) {
    return record.volumeId(volume.string("name"));
  }

  private static ClaimException refused(String namespace, String claim, String why) {
    return new ClaimException("error processing PVC %s/%s: %s".formatted(namespace, claim, why));
  }

  /// A claim that stands for no volume.
  private static final class ClaimException extends Exception {
    ClaimException(String message) {
      super(message);
    }
  }

  /// A volume that cannot be mounted.
  static final class MountException extends Exception {
    MountException(String message) {
      super(message);
    }

    static MountException of(StatusException e) {
      return new MountException(e.text());
    }
  }
}
