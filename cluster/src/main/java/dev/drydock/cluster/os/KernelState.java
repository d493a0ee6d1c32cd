package dev.drydock.cluster.os;

import dev.drydock.cluster.network.NetworkState;
import org.pcollections.HashTreePMap;
import org.pcollections.IntTreePMap;
import org.pcollections.PMap;

/// All that the kernel of a cluster's nodes knows, as one immutable value. There is one kernel for
/// all nodes, since containers on different nodes talk to each other.
///
/// @param heldDiskBytes what all file systems hold beyond what they were created with
/// @param heldMemoryBytes what all programs really hold in this JVM
/// @param nextId the number the next process, open file, pipe or terminal gets
/// @param turn id of the process whose turn it is, so that nobody starves
public record KernelState(
    PMap<String, FileSystem> fileSystems,
    PMap<String, Compartment> compartments,
    IntTreePMap<Process> processes,
    IntTreePMap<KernelFile> files,
    IntTreePMap<Pipe> pipes,
    IntTreePMap<Terminal> terminals,
    NetworkState network,
    long heldDiskBytes,
    long heldMemoryBytes,
    int nextId,
    int turn) {

  /// An open file description and how many descriptors refer to it.
  record KernelFile(OpenFile file, int references) {}

  public static KernelState empty() {
    return booted(HashTreePMap.empty(), NetworkState.empty());
  }

  /// Files that were there before, and nothing running.
  public static KernelState booted(PMap<String, FileSystem> files, NetworkState network) {
    return new KernelState(
        files,
        HashTreePMap.empty(),
        IntTreePMap.empty(),
        IntTreePMap.empty(),
        IntTreePMap.empty(),
        IntTreePMap.empty(),
        network,
        files.values().stream().mapToLong(FileSystem::usedBytes).sum(),
        0,
        1,
        0);
  }
}
