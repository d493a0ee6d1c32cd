package dev.drydock.cluster.os;

/// How a program goes on after a step.
public sealed interface Next {
  /// It can go on at once.
  record Go(Program program) implements Next {}

  /// It goes on when what it waits for has come, or a signal it catches.
  record Block(Program program, Wait until) implements Next {}

  record Exit(int code) implements Next {}
}
