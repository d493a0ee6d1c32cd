package dev.drydock.cluster.os;

/// The end of something that was started from outside.
public sealed interface KernelEvent {
  /// Process 1 of a compartment ended, and all others with it.
  record CompartmentEnded(String compartment, int status, boolean outOfMemory)
      implements KernelEvent {}

  /// A process that the runtime started beside process 1 ended.
  record ProcessEnded(int process, int status) implements KernelEvent {}
}
