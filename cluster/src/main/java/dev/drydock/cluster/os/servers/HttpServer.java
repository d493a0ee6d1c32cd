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
import java.util.Map;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// An HTTP/1 server over a {@link Site}.
///
/// @param listener descriptor; -1 before it listens
/// @param inputs what has come on each open connection
record HttpServer(Site site, int listener, PMap<Integer, String> inputs) implements Program {
  private static final int CONNECTIONS_MAX = 200;
  private static final List<Integer> SIGNALS =
      List.of(Signals.TERM, Signals.INT, Signals.QUIT, Signals.HUP);

  static Program of(Site site) {
    return new HttpServer(site, -1, TreePMap.empty());
  }

  @Override
  public long heldBytes() {
    return site.heldBytes() + inputs.values().stream().mapToLong(String::length).sum();
  }

  @Override
  public long realBytes() {
    return site.realBytes() + inputs.values().stream().mapToLong(String::length).sum();
  }

  @Override
  public long baseBytes() {
    return site.baseBytes();
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    Next next = step(sys, io);
    io.flush();
    return next;
  }

  private Next step(Sys sys, Io io) {
    if (listener < 0) {
      return start(sys, io);
    }
    while (!sys.pendingSignals().isEmpty()) {
      int code = site.exitOn(io, sys.takeSignal());
      if (code >= 0) {
        return new Next.Exit(code);
      }
    }
    PMap<Integer, String> open = inputs;
    int accepted = open.size() < CONNECTIONS_MAX ? sys.accept(listener) : -1;
    while (accepted >= 0) {
      open = open.plus(accepted, "");
      accepted = open.size() < CONNECTIONS_MAX ? sys.accept(listener) : -1;
    }
    Site current = site;
    boolean worked = false;
    for (Map.Entry<Integer, String> connection : open.entrySet()) {
      int fd = connection.getKey();
      String piece = sys.read(fd, 16 * 1024);
      if (piece == null) {
        continue;
      }
      worked = true;
      if (piece.isEmpty()) {
        sys.close(fd);
        open = open.minus(fd);
        continue;
      }
      Served served = serve(sys, io, current, fd, connection.getValue() + piece);
      current = served.site;
      if (served.close) {
        sys.close(fd);
        open = open.minus(fd);
      } else {
        open = open.plus(fd, served.rest);
      }
    }
    var next = new HttpServer(current, listener, open);
    if (worked) {
      return new Next.Go(next);
    }
    var waits = ImmutableList.<Integer>builder().add(listener).addAll(open.keySet()).build();
    return new Next.Block(next, new Wait(waits, null, false));
  }

  private Next start(Sys sys, Io io) {
    SIGNALS.forEach(sys::catchSignal);
    sys.ignoreSignal(Signals.PIPE);
    Integer refusal = site.refuse(io, sys);
    if (refusal != null) {
      return new Next.Exit(refusal);
    }
    try {
      int fd = sys.listen("0.0.0.0", site.port());
      site.started(io);
      return new Next.Go(new HttpServer(site, fd, inputs));
    } catch (OsException e) {
      io.err(
          "listen tcp :" + site.port() + ": bind: " + e.text().toLowerCase(java.util.Locale.ROOT));
      return new Next.Exit(1);
    }
  }

  private record Served(Site site, String rest, boolean close) {}

  /// Answers the complete requests at the front of the input.
  private static Served serve(Sys sys, Io io, Site site, int fd, String input) {
    Site current = site;
    String rest = input;
    while (true) {
      switch (HttpRequest.parse(rest)) {
        case HttpRequest.Parsed.Incomplete _ -> {
          return new Served(current, rest, false);
        }
        case HttpRequest.Parsed.Bad(int status) -> {
          HttpReply reply =
              HttpReply.text(current, status, status + " " + HttpReply.reason(status));
          send(sys, fd, current, reply, "HTTP/1.1", false, false);
          return new Served(current, "", true);
        }
        case HttpRequest.Parsed.Complete(HttpRequest request) -> {
          HttpReply reply = current.answer(io, request, sys.peer(fd));
          current = reply.site();
          boolean keeps = request.keepsAlive();
          send(sys, fd, current, reply, request.version(), keeps, request.method().equals("HEAD"));
          rest = rest.substring(request.length());
          if (!keeps) {
            return new Served(current, "", true);
          }
        }
      }
    }
  }

  private static void send(
      Sys sys, int fd, Site site, HttpReply reply, String version, boolean keeps, boolean head) {
    var out = new StringBuilder();
    out.append(version.equals("HTTP/1.0") ? "HTTP/1.0 " : "HTTP/1.1 ");
    out.append(reply.status()).append(' ').append(HttpReply.reason(reply.status())).append("\r\n");
    if (!site.serverName().isEmpty()) {
      out.append("Server: ").append(site.serverName()).append("\r\n");
    }
    out.append("Date: ").append(SystemTime.http(sys.now())).append("\r\n");
    reply
        .headers()
        .forEach((name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
    out.append("Content-Length: ").append(reply.body().length()).append("\r\n");
    if (!keeps) {
      out.append("Connection: close\r\n");
    }
    out.append("\r\n").append(head ? "" : reply.body());
    sys.charge(reply.body().length() / 4096);
    sys.write(fd, out.toString());
  }
}
