package dev.drydock.cluster.cri;

import dev.drydock.cluster.image.ImageCatalog;
import dev.drydock.cluster.os.KernelState;
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
}
