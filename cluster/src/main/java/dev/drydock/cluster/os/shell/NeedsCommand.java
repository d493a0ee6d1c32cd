package dev.drydock.cluster.os.shell;

/// Thrown by an expansion that has come to a command substitution whose output is not there yet.
final class NeedsCommand extends Exception {
  private final transient Node body;

  NeedsCommand(Node body) {
    super(null, null, false, false);
    this.body = body;
  }

  Node body() {
    return body;
  }
}
