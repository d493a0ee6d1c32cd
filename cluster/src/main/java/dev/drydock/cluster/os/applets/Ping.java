package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Instant;

/// `ping`. Models busybox networking/ping.c; every answer takes the same time.
///
/// @param address empty before the first step
record Ping(Options options, String address, int sent, int received, Instant due)
    implements Program {

  static Applet applet() {
    return (argv, _) -> {
      Options options = Options.parse(argv, "c:W:w:i:s:q46");
      return options.error().isEmpty() && !options.operands().isEmpty()
          ? new Ping(options, "", 0, 0, Instant.MIN)
          : new Once(
              (io, _) -> {
                io.err("Usage: ping [OPTIONS] HOST");
                return 1;
              },
              argv);
    };
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    Next next = address.isEmpty() ? start(sys, io) : send(sys, io);
    io.flush();
    return next;
  }

  private Next start(Sys sys, Io io) {
    String host = options.operands().get(0);
    Sys.Lookup found = sys.lookup(host);
    if (found == null) {
      io.err("ping: bad address '" + host + "'");
      return new Next.Exit(1);
    }
    sys.catchSignal(Signals.INT);
    String ip = found.addresses().get(0);
    io.line("PING " + host + " (" + ip + "): 56 data bytes");
    return new Next.Go(new Ping(options, ip, 0, 0, sys.now()));
  }

  private Next send(Sys sys, Io io) {
    String limit = options.value("c", "");
    int count = limit.matches("[0-9]{1,6}") ? Integer.parseInt(limit) : Integer.MAX_VALUE;
    boolean last = sent >= count;
    if (sys.takeSignal() == Signals.INT || last && (received == sent || !sys.now().isBefore(due))) {
      return summary(io);
    }
    if (sys.now().isBefore(due) || last) {
      return new Next.Block(this, Wait.until(due));
    }
    boolean answers = sys.isReachable(address);
    if (answers && !options.has("q")) {
      io.line("64 bytes from %s: seq=%d ttl=64 time=0.080 ms".formatted(address, sent));
    }
    boolean patient = !answers && sent + 1 >= count;
    String wait = options.value("W", "10");
    double seconds = patient ? Math.max(0, Sleep.seconds(wait)) : 1;
    return new Next.Go(
        new Ping(
            options,
            address,
            sent + 1,
            received + (answers ? 1 : 0),
            sys.now().plus(Sleep.duration(seconds))));
  }

  private Next summary(Io io) {
    io.line("");
    io.line("--- " + options.operands().get(0) + " ping statistics ---");
    int loss = sent == 0 ? 0 : (sent - received) * 100 / sent;
    io.line(
        "%d packets transmitted, %d packets received, %d%% packet loss"
            .formatted(sent, received, loss));
    if (received > 0) {
      io.line("round-trip min/avg/max = 0.080/0.080/0.080 ms");
    }
    return new Next.Exit(received > 0 ? 0 : 1);
  }
}
