package dev.drydock.cluster.cri;

import dev.drydock.cluster.os.FileSystem;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSet;

/// What lies on disks, and so outlives the processes of a cluster: the nodes with their images and
/// files, volumes with a file system of their own, and what servers on the network export. What
/// lies in memory, and the file systems of containers, are not on it.
///
/// @param volumes by id
/// @param fileSystems by the kernel's key
public record Disks(
    PMap<String, Node> nodes, PMap<String, Stored> volumes, PMap<String, FileSystem> fileSystems) {
  public static final Disks NONE =
      new Disks(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

  /// @param lastHost the host part of a pod's address given out last
  /// @param images references of the images on the node
  public record Node(
      String name, String address, String podPrefix, int lastHost, PSet<String> images) {}

  /// A volume that is a part of a file system.
  ///
  /// @param root inode that shows at a mount
  /// @param own true if the file system is the volume's alone
  /// @param source what `df` prints
  public record Stored(String fileSystem, int root, boolean own, String source) {}

  /// The disks of a cluster that runs. What has not changed since is the very same object.
  public static Disks of(RuntimeState state) {
    Map<String, Node> nodes = new HashMap<>();
    state
        .nodes()
        .forEach(
            (name, n) ->
                nodes.put(
                    name, new Node(name, n.address(), n.podPrefix(), n.lastHost(), n.images())));
    Map<String, Stored> volumes = new HashMap<>();
    state
        .volumes()
        .forEach(
            (id, v) -> {
              if (!v.source().equals(Volume.TMPFS)) {
                volumes.put(id, new Stored(v.fileSystem(), v.root(), v.own(), v.source()));
              }
            });
    Map<String, FileSystem> fileSystems = new HashMap<>();
    state
        .kernel()
        .fileSystems()
        .forEach(
            (key, files) -> {
              if (isKept(key, volumes)) {
                fileSystems.put(key, files);
              }
            });
    return new Disks(
        HashTreePMap.from(nodes), HashTreePMap.from(volumes), HashTreePMap.from(fileSystems));
  }

  private static boolean isKept(String key, Map<String, Stored> volumes) {
    return key.startsWith(Volumes.NODE)
        || key.startsWith(Volumes.SHARED)
        || (key.startsWith(Volumes.OWN)
            && volumes.containsKey(key.substring(Volumes.OWN.length())));
  }

  /// Whether nothing on the disks can differ between two states.
  public static boolean areSame(RuntimeState one, RuntimeState other) {
    return one == other
        || (one.kernel().fileSystems() == other.kernel().fileSystems()
            && one.volumes() == other.volumes()
            && one.nodes() == other.nodes());
  }
}
