package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `nc`: copies between standard input and a connection, made or awaited.
///
/// Models busybox networking/nc.c.
///
/// @param listener -1 if it connects
/// @param socket -1 before there is a connection
/// @param inputOpen false once standard input has ended
record Nc(
    Options options,
    ImmutableMap<String, String> env,
    int listener,
    int socket,
    boolean inputOpen,
    @Nullable Instant deadline,
    boolean started)
    implements Program {

  private static final int CHUNK = 8192;
  private static final Duration SYSTEM_TIMEOUT = Duration.ofSeconds(127);

  static Applet applet() {
    return (argv, env) -> {
      Options options = Options.parse(argv, "+lkvznuw:p:e:i:s:q:");
      return options.error().isEmpty()
          ? new Nc(options, env, -1, -1, true, null, false)
          : new Once((io, _) -> options.complain(io), argv);
    };
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    if (!started) {
      return start(sys, io);
    }
    if (socket < 0) {
      return listener >= 0 ? accept(sys) : giveUp(sys, io);
    }
    return copy(sys);
  }

  private Nc with(int newListener, int newSocket, boolean input, @Nullable Instant until) {
    return new Nc(options, env, newListener, newSocket, input, until, true);
  }

  private Next start(Sys sys, Io io) {
    ImmutableList<String> words = options.operands();
    if (options.has("l")) {
      String port = options.value("p", words.isEmpty() ? "0" : words.get(words.size() - 1));
      if (!port.matches("[0-9]{1,5}")) {
        io.err("nc: bad port '" + port + "'");
        return new Next.Exit(1);
      }
      try {
        int fd = sys.listen("0.0.0.0", Integer.parseInt(port));
        return new Next.Go(with(fd, -1, true, null));
      } catch (OsException e) {
        io.err("nc: bind: " + e.text());
        return new Next.Exit(1);
      }
    }
    if (words.size() < 2 || !words.get(1).matches("[0-9]{1,5}")) {
      io.err(
          words.size() < 2
              ? "Usage: nc [OPTIONS] HOST PORT"
              : "nc: bad port '" + words.get(1) + "'");
      return new Next.Exit(1);
    }
    Sys.Lookup found = sys.lookup(words.get(0));
    if (found == null) {
      io.err("nc: bad address '" + words.get(0) + "'");
      return new Next.Exit(1);
    }
    return connect(sys, io, found.addresses().get(0), Integer.parseInt(words.get(1)));
  }

  private Next connect(Sys sys, Io io, String address, int port) {
    String shown = options.operands().get(0) + " (" + address + ":" + port + ")";
    try {
      int fd = sys.connect(address, port);
      if (options.has("v")) {
        io.err(shown + " open");
      }
      return options.has("z") ? new Next.Exit(0) : new Next.Go(with(-1, fd, true, null));
    } catch (OsException e) {
      if (e.errno() != Errno.ETIMEDOUT) {
        io.err("nc: " + shown + ": " + e.text());
        return new Next.Exit(1);
      }
      double seconds = Sleep.seconds(options.value("w", "0"));
      Duration wait = seconds <= 0 ? SYSTEM_TIMEOUT : Sleep.duration(seconds);
      Instant until = sys.now().plus(wait);
      return new Next.Block(with(-1, -1, true, until), Wait.until(until));
    }
  }

  private Next giveUp(Sys sys, Io io) {
    if (deadline != null && sys.now().isBefore(deadline)) {
      return new Next.Block(this, Wait.until(deadline));
    }
    if (options.has("w")) {
      io.err("nc: timed out");
    } else {
      io.err("nc: " + options.operands().get(0) + ": Connection timed out");
    }
    return new Next.Exit(1);
  }

  private Next accept(Sys sys) {
    int fd = sys.accept(listener);
    if (fd < 0) {
      return new Next.Block(this, Wait.readable(listener));
    }
    if (options.has("e")) {
      return execute(sys, fd);
    }
    if (!options.has("k")) {
      sys.close(listener);
    }
    return new Next.Go(with(options.has("k") ? listener : -1, fd, inputOpen, null));
  }

  /// Runs the program of `-e` with the connection as its standard input and output.
  private Next execute(Sys sys, int fd) {
    var argv =
        ImmutableList.<String>builder()
            .add(options.value("e", ""))
            .addAll(options.operands())
            .build();
    try {
      sys.dup2(fd, 0);
      sys.dup2(fd, 1);
      sys.close(fd);
      sys.close(listener);
      return new Next.Go(new Launch("nc", argv, env));
    } catch (OsException e) {
      return new Next.Exit(1);
    }
  }

  private Next copy(Sys sys) {
    boolean moved = false;
    boolean input = inputOpen;
    if (input) {
      String typed = sys.read(0, CHUNK);
      if (typed != null) {
        moved = true;
        if (typed.isEmpty()) {
          input = false;
          sys.shutdownOutput(socket);
        } else {
          sys.write(socket, typed);
        }
      }
    }
    String got = sys.read(socket, CHUNK);
    if (got != null) {
      if (got.isEmpty()) {
        sys.close(socket);
        return listener >= 0 ? new Next.Go(with(listener, -1, input, null)) : new Next.Exit(0);
      }
      sys.write(1, got);
      moved = true;
    }
    var next = with(listener, socket, input, null);
    if (moved) {
      return new Next.Go(next);
    }
    Wait wait = Wait.readable(socket);
    return new Next.Block(next, input ? wait.orReadable(0) : wait);
  }
}
