package dev.drydock.cluster.cri;

import java.time.Instant;

/// Where a container is in its life.
public sealed interface ContainerState {
  record Created() implements ContainerState {}

  record Running(Instant startedAt) implements ContainerState {}

  /// @param reason `Completed`, `Error`, `OOMKilled` or `StartError`
  /// @param message runc's words for a start error, else empty
  record Exited(Instant startedAt, Instant finishedAt, int exitCode, String reason, String message)
      implements ContainerState {}
}
