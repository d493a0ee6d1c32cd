package dev.drydock.cluster.cri;

/// A volume as the runtime keeps it: a part of a file system.
///
/// @param fileSystem key in the kernel's state
/// @param root inode that shows at a mount
/// @param own true if the file system is the volume's and goes with it
/// @param source what `df` prints
/// @param charged whether its files count as memory of the container that holds them
record Volume(String fileSystem, int root, boolean own, String source, boolean charged) {
  static final String TMPFS = "tmpfs";

  /// Stands between a server and the path it exports.
  static final String SHARE = ":";

  /// What `mount` prints as the type.
  String type() {
    if (source.equals(TMPFS)) {
      return TMPFS;
    }
    return source.contains(SHARE) ? "nfs4" : "ext4";
  }
}
