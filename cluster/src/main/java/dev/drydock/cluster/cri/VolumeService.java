package dev.drydock.cluster.cri;

import java.util.Map;

/// The volumes of a cluster: file trees that outlive containers, by an id the caller chooses (say
/// `<pod uid>/<volume name>`).
public interface VolumeService {

  /// A file of a volume that Kubernetes fills.
  ///
  /// @param bytes not to be changed
  /// @param mode permission bits, like 0644
  record VolumeFile(byte[] bytes, int mode) {}

  /// What a `hostPath` volume's `type` asks for.
  enum HostPathType {
    UNSET,
    DIRECTORY_OR_CREATE,
    DIRECTORY,
    FILE_OR_CREATE,
    FILE,
    SOCKET,
    CHAR_DEVICE,
    BLOCK_DEVICE
  }

  boolean exists(String volume);

  /// An empty writable volume on the node's disk (emptyDir). Does nothing if it exists.
  void createEmpty(String volume);

  /// An empty writable volume in memory. Does nothing if it exists.
  ///
  /// @param limitBytes writes beyond fail with `No space left on device`; 0 for none of its own
  void createInMemory(String volume, long limitBytes);

  /// A directory that a server on the network exports: the same files for all who mount it,
  /// whatever node they run on. A server exists from when it is first named, and exports every path
  /// that is asked for. Does nothing if the volume exists.
  void createShared(String volume, String server, String path);

  /// A volume that is a part of a node's own file system.
  ///
  /// @throws CriException `hostPath type check failed: <path> is not a directory` and the like
  void createHostPath(String volume, String node, String path, HostPathType type)
      throws CriException;

  /// Replaces the content of a volume that Kubernetes fills (configMap, secret, projected,
  /// downwardAPI), all files at once, behind the `..data` link that the kubelet's atomic writer
  /// makes. Creates the volume if need be.
  ///
  /// @param files by path relative to the volume
  void setContents(String volume, Map<String, VolumeFile> files);

  /// Bytes held by the volume's files.
  long usedBytes(String volume);

  /// Forgets the volume; what a hostPath shows stays on its node.
  void remove(String volume);
}
