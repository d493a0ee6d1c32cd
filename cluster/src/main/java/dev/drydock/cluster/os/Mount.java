package dev.drydock.cluster.os;

/// A file system, or a part of one, grafted into a container's tree.
///
/// @param path where, absolute and without links
/// @param fileSystem key of the file system in the kernel's state
/// @param root which of its inodes shows there
/// @param source what `mount` and `df` print as the device
/// @param type what `mount` prints as the type
public record Mount(
    String path, String fileSystem, int root, boolean readOnly, String source, String type) {}
