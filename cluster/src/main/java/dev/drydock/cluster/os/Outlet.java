package dev.drydock.cluster.os;

/// Where output that leaves the kernel goes: container logs and the streams of an exec.
public interface Outlet {
  /// Takes output and answers how many bytes of it were taken; fewer than all makes the writer
  /// wait.
  ///
  /// @param stream 1 or 2
  int accept(String sink, int stream, String bytes);

  /// How many bytes would be taken now.
  int room(String sink, int stream);
}
