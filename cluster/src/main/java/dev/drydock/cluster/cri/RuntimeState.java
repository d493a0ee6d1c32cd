package dev.drydock.cluster.cri;

import dev.drydock.cluster.image.ImageCatalog;
import dev.drydock.cluster.network.NetworkState;
import dev.drydock.cluster.os.KernelState;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Everything that the container runtimes of a cluster's nodes know, as one immutable value:
/// keeping a reference is a fork.
///
/// @param outside connections made from outside, with how much of each was there to read when it
///   was last told of
/// @param pending events that no {@link ContainerRuntime#advance} has told of yet
/// @param containersCreated how many there ever were
/// @param samples what containers were last measured to use
public record RuntimeState(
    ImageCatalog catalog,
    PMap<String, NodeRuntime> nodes,
    PMap<String, PodSandbox> sandboxes,
    PMap<String, ContainerRecord> containers,
    PMap<String, Session> sessions,
    PMap<String, Volume> volumes,
    PMap<Long, Integer> outside,
    PVector<RuntimeEvent> pending,
    long containersCreated,
    PMap<String, Sample> samples,
    KernelState kernel) {

  /// No nodes and nothing running.
  public static RuntimeState empty(ImageCatalog catalog) {
    return new RuntimeState(
        catalog,
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        TreePVector.empty(),
        0,
        HashTreePMap.empty(),
        KernelState.empty());
  }

  /// Nodes after a reboot: their disks are as they were, and of the containers there is left that
  /// they were.
  public static RuntimeState booted(
      ImageCatalog catalog, Disks disks, List<ContainerStatus> containers) {
    PMap<String, NodeRuntime> nodes = HashTreePMap.empty();
    PMap<String, Volume> volumes = HashTreePMap.empty();
    PMap<String, ContainerRecord> remains = HashTreePMap.empty();
    NetworkState network = NetworkState.empty();
    for (Disks.Node n : disks.nodes().values()) {
      nodes =
          nodes.plus(
              n.name(),
              new NodeRuntime(n.name(), n.address(), n.podPrefix(), n.lastHost(), n.images()));
      network = network.withAddress(n.address(), Volumes.nodeKey(n.name()));
    }
    for (var volume : disks.volumes().entrySet()) {
      Disks.Stored v = volume.getValue();
      volumes =
          volumes.plus(
              volume.getKey(), new Volume(v.fileSystem(), v.root(), v.own(), v.source(), false));
    }
    long number = 0;
    for (ContainerStatus container : containers) {
      remains =
          remains.plus(
              container.id(), new ContainerRecord(container, number++, LogBuffer.EMPTY, 0, 0));
    }
    return new RuntimeState(
        catalog,
        nodes,
        HashTreePMap.empty(),
        remains,
        HashTreePMap.empty(),
        volumes,
        HashTreePMap.empty(),
        TreePVector.empty(),
        number,
        HashTreePMap.empty(),
        KernelState.booted(disks.fileSystems(), network));
  }
}
