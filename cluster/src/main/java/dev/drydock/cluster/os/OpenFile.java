package dev.drydock.cluster.os;

/// An open file description: what descriptors refer to, shared by copies of a descriptor.
sealed interface OpenFile {
  record File(
      String fileSystem,
      int inode,
      String path,
      long offset,
      boolean reads,
      boolean writes,
      boolean appends)
      implements OpenFile {
    File at(long newOffset) {
      return new File(fileSystem, inode, path, newOffset, reads, writes, appends);
    }
  }

  /// A file that the kernel made up, as it was when it was opened.
  record Text(String content, int offset) implements OpenFile {}

  record Device(Inode.DeviceKind kind) implements OpenFile {}

  record PipeEnd(int pipe, boolean writes) implements OpenFile {}

  record TerminalEnd(int terminal) implements OpenFile {}

  /// Leads out of the kernel: a container's log or the output of an exec.
  ///
  /// @param stream 1 or 2
  record Sink(String key, int stream) implements OpenFile {}

  record Listening(int listener) implements OpenFile {}

  /// @param client true for the side that connected
  record Socket(long connection, boolean client) implements OpenFile {}
}
