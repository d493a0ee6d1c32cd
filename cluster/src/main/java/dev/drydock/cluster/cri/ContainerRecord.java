package dev.drydock.cluster.cri;

/// A container as the runtime keeps it.
///
/// @param number counts containers, so that they can be listed in the order of their creation
/// @param inputPipe of the main process; 0 for none
/// @param terminal of the main process; 0 for none
record ContainerRecord(
    ContainerStatus status, long number, LogBuffer log, int inputPipe, int terminal) {

  ContainerRecord with(ContainerStatus changed) {
    return new ContainerRecord(changed, number, log, inputPipe, terminal);
  }

  ContainerRecord with(LogBuffer changed) {
    return new ContainerRecord(status, number, changed, inputPipe, terminal);
  }

  ContainerRecord withInput(int pipe, int newTerminal) {
    return new ContainerRecord(status, number, log, pipe, newTerminal);
  }

  ContainerRecord with(ContainerState state) {
    return with(
        new ContainerStatus(
            status.id(),
            status.sandboxId(),
            status.config(),
            status.image(),
            status.createdAt(),
            state,
            status.cpuNanos(),
            status.memoryBytes()));
  }
}
