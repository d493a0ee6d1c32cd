package dev.drydock.cluster.cri;

/// A volume as the runtime keeps it: a part of a file system.
///
/// @param fileSystem key in the kernel's state
/// @param root inode that shows at a mount
/// @param own true if the file system is the volume's and goes with it
/// @param source what `df` prints
record Volume(String fileSystem, int root, boolean own, String source) {}
