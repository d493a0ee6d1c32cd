package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import dev.drydock.cluster.os.applets.SystemTime;
import java.util.List;

/// A server that listens and logs and whose protocol nobody speaks here: databases, pause.
///
/// @param port 0 for none
/// @param passwords one of these variables must be set; empty for none
/// @param demand what is said if none is
/// @param lines logged at the start; `%t` is the time
/// @param exitCode after SIGTERM
/// @param listener -1 before it listens
record Daemon(
    int port,
    ImmutableList<String> passwords,
    String demand,
    ImmutableList<String> lines,
    int exitCode,
    long baseBytes,
    int listener,
    boolean started)
    implements Program {

  static Daemon of(int port, long baseBytes, String... lines) {
    return new Daemon(
        port, ImmutableList.of(), "", ImmutableList.copyOf(lines), 0, baseBytes, -1, false);
  }

  Daemon demanding(String message, String... variables) {
    return new Daemon(
        port, ImmutableList.copyOf(variables), message, lines, exitCode, baseBytes, -1, false);
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    if (!started) {
      return start(sys, io);
    }
    while (!sys.pendingSignals().isEmpty()) {
      int signal = sys.takeSignal();
      if (signal != Signals.HUP) {
        return new Next.Exit(exitCode);
      }
    }
    if (listener >= 0) {
      for (int fd = sys.accept(listener); fd >= 0; fd = sys.accept(listener)) {
        sys.close(fd);
      }
      return new Next.Block(this, Wait.readable(listener));
    }
    return new Next.Block(this, Wait.forever());
  }

  private Next start(Sys sys, Io io) {
    List.of(Signals.TERM, Signals.INT, Signals.HUP).forEach(sys::catchSignal);
    boolean refused =
        !passwords.isEmpty()
            && passwords.stream().allMatch(name -> sys.env().getOrDefault(name, "").isEmpty());
    if (refused) {
      io.err(demand);
      return new Next.Exit(1);
    }
    try {
      int fd = port == 0 ? -1 : sys.listen("0.0.0.0", port);
      String time = SystemTime.format("%Y-%m-%d %H:%M:%S", sys.now());
      lines.forEach(line -> io.line(line.replace("%t", time)));
      io.flush();
      return new Next.Go(new Daemon(port, passwords, demand, lines, exitCode, baseBytes, fd, true));
    } catch (OsException e) {
      io.err("could not bind to port " + port + ": " + e.text());
      return new Next.Exit(1);
    }
  }
}
