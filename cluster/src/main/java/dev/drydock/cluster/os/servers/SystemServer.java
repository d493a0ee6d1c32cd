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
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// A part of the cluster itself as a container sees it: it says what it says at its start, and
/// answers `ok` on its ports, whatever is asked. What it is for, the cluster does without it.
///
/// @param ports on all addresses
/// @param lines logged at the start; `%k` is the time as klog writes it, `%t` as RFC 3339 does
/// @param listeners descriptors, in the order of the ports; empty before it listens
/// @param inputs what has come on each open connection
record SystemServer(
    ImmutableList<Integer> ports,
    ImmutableList<String> lines,
    long baseBytes,
    int restingCpuMillis,
    ImmutableList<Integer> listeners,
    PMap<Integer, String> inputs,
    boolean started)
    implements Program {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

  static SystemServer of(long baseBytes, int restingCpuMillis, List<Integer> ports, String lines) {
    return new SystemServer(
        ImmutableList.copyOf(ports),
        ImmutableList.copyOf(lines.lines().toList()),
        baseBytes,
        restingCpuMillis,
        ImmutableList.of(),
        TreePMap.empty(),
        false);
  }

  @Override
  public boolean isSteady() {
    return true;
  }

  @Override
  public Next step(Sys sys) {
    if (!started) {
      return start(sys, new Io(sys));
    }
    while (!sys.pendingSignals().isEmpty()) {
      if (sys.takeSignal() != Signals.HUP) {
        return new Next.Exit(0);
      }
    }
    PMap<Integer, String> open = inputs;
    for (int listener : listeners) {
      for (int fd = sys.accept(listener); fd >= 0; fd = sys.accept(listener)) {
        open = open.plus(fd, "");
      }
    }
    boolean worked = false;
    for (int fd : inputs.keySet()) {
      String piece = sys.read(fd, 4096);
      if (piece != null) {
        worked = true;
        open = answer(sys, fd, open, piece);
      }
    }
    SystemServer next =
        new SystemServer(ports, lines, baseBytes, restingCpuMillis, listeners, open, true);
    return worked || open.size() > inputs.size()
        ? new Next.Go(next)
        : new Next.Block(next, waits(open));
  }

  private static PMap<Integer, String> answer(
      Sys sys, int fd, PMap<Integer, String> open, String piece) {
    String input = open.getOrDefault(fd, "") + piece;
    if (!piece.isEmpty() && !input.contains("\r\n\r\n") && input.length() < 8192) {
      return open.plus(fd, input);
    }
    if (input.contains("\r\n\r\n")) {
      sys.write(fd, OK);
    }
    sys.close(fd);
    return open.minus(fd);
  }

  private Wait waits(PMap<Integer, String> open) {
    return new Wait(
        ImmutableList.<Integer>builder().addAll(listeners).addAll(open.keySet()).build(),
        null,
        false);
  }

  private Next start(Sys sys, Io io) {
    List.of(Signals.TERM, Signals.INT, Signals.HUP).forEach(sys::catchSignal);
    sys.ignoreSignal(Signals.PIPE);
    ImmutableList.Builder<Integer> listening = ImmutableList.builder();
    for (int port : ports) {
      try {
        listening.add(sys.listen("0.0.0.0", port));
      } catch (OsException e) {
        io.err("listen tcp 0.0.0.0:" + port + ": bind: address already in use");
        return new Next.Exit(1);
      }
    }
    String klog = SystemTime.format("%m%d %H:%M:%S.000000", sys.now());
    String time = SystemTime.format("%Y-%m-%dT%H:%M:%S.000000Z", sys.now());
    lines.forEach(line -> io.line(line.replace("%k", klog).replace("%t", time)));
    io.flush();
    return new Next.Go(
        new SystemServer(
            ports, lines, baseBytes, restingCpuMillis, listening.build(), inputs, true));
  }
}
