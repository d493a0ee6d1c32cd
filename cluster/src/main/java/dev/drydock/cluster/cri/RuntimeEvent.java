package dev.drydock.cluster.cri;

/// Something that happened while container programs ran.
public sealed interface RuntimeEvent {

  /// The container's main process ended; see its status.
  record ContainerExited(String containerId) implements RuntimeEvent {}

  /// The log of a container grew.
  record LogAppended(String containerId) implements RuntimeEvent {}

  /// An exec or attach has output to read.
  record OutputReady(String sessionId) implements RuntimeEvent {}

  /// An exec's process, or the process attached to, has ended.
  record SessionEnded(String sessionId) implements RuntimeEvent {}

  /// An outside connection has bytes to read, or its peer has closed it.
  record ConnectionReady(long connectionId) implements RuntimeEvent {}
}
