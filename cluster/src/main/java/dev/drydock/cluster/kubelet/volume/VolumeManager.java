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
import dev.drydock.cluster.loop.ComponentContext;
import java.util.Optional;

/// Gets the volumes of a pod ready. Models pkg/kubelet/volumemanager with the in-tree plugins.
///
/// Implemented: emptyDir, hostPath, configMap, secret, projected, downwardAPI, and claims bound to
/// a hostPath volume. Other sources fail to mount, in words.
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

  /// Mounts what is not mounted yet, and fills anew what Kubernetes fills.
  ///
  /// @return what went wrong first, in the words of the FailedMount event
  public Optional<String> mount() {
    for (JsonObject volume : pod.array("spec", "volumes").objects().toList()) {
      try {
        mount(volume);
      } catch (MountException | CriException e) {
        return Optional.of(
            "MountVolume.SetUp failed for volume \"%s\" : %s"
                .formatted(volume.string("name"), e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private void mount(JsonObject volume) throws MountException, CriException {
    String id = record.volumeId(volume.string("name"));
    if (volume.has("emptyDir")) {
      volumes.createEmpty(
          id,
          volume
              .object("emptyDir")
              .optionalString("sizeLimit")
              .map(q -> Quantity.parse(q).value())
              .orElse(0L));
    } else if (volume.has("hostPath")) {
      hostPath(id, volume.object("hostPath"));
    } else if (volume.has("persistentVolumeClaim")) {
      claim(id, volume.string("persistentVolumeClaim", "claimName"));
    } else if (contents.fills(volume)) {
      volumes.setContents(id, contents.of(volume));
    } else {
      throw new MountException("this kind of volume is not available on this node");
    }
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

  private void claim(String id, String claimName) throws MountException, CriException {
    String namespace = ObjectMeta.namespace(pod);
    JsonObject claim =
        context
            .client()
            .get("persistentvolumeclaims", namespace, claimName)
            .orElseThrow(
                () ->
                    new MountException(
                        "persistentvolumeclaim \"%s\" not found".formatted(claimName)));
    JsonObject volume =
        context
            .client()
            .get("persistentvolumes", "", claim.string("spec", "volumeName"))
            .orElseThrow(() -> new MountException("PVC is not bound"));
    if (!volume.object("spec").has("hostPath")) {
      throw new MountException("this kind of volume is not available on this node");
    }
    hostPath(id, volume.object("spec", "hostPath"));
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
