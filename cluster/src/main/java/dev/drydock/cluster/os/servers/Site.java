package dev.drydock.cluster.os.servers;

import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;

/// What an {@link HttpServer} serves: an immutable state with answers.
interface Site {
  int port();

  /// What is logged when the server starts.
  void started(Io io);

  /// Answers, and logs the request.
  HttpReply answer(Io io, HttpRequest request, String peer);

  /// What the server sends as `Server:`; empty for nothing.
  default String serverName() {
    return "";
  }

  /// The exit code after a signal; -1 to ignore it.
  default int exitOn(Io io, int signal) {
    return signal == Signals.HUP ? -1 : 0;
  }

  default long heldBytes() {
    return 0;
  }

  /// How much of {@link #heldBytes} this JVM really holds.
  default long realBytes() {
    return heldBytes();
  }

  default long baseBytes() {
    return 4L << 20;
  }

  /// Something to check before serving: null to go on, else an exit code.
  default @org.jspecify.annotations.Nullable Integer refuse(Io io, Sys sys) {
    return null;
  }
}
