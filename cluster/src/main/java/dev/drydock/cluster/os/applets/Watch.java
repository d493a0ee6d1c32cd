package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Instant;

/// `watch`: runs a command again and again.
///
/// @param handle of the one that runs; 0 for none
record Watch(Options options, ImmutableMap<String, String> env, int handle, Instant due)
    implements Program {

  static Applet applet() {
    return (argv, env) -> {
      Options options = Options.parse(argv, "+n:t");
      return options.error().isEmpty() && !options.operands().isEmpty()
          ? new Watch(options, env, 0, Instant.MIN)
          : new Once(
              (io, _) -> {
                io.err("Usage: watch [-n SEC] [-t] PROG ARGS");
                return 1;
              },
              argv);
    };
  }

  @Override
  public Next step(Sys sys) {
    if (handle != 0) {
      if (sys.waitFor(handle) == null) {
        return new Next.Block(this, Wait.forChild());
      }
      return new Next.Go(new Watch(options, env, 0, due));
    }
    if (sys.now().isBefore(due)) {
      return new Next.Block(this, Wait.until(due));
    }
    String command = String.join(" ", options.operands());
    double seconds = Math.max(0.1, Sleep.seconds(options.value("n", "2")));
    if (!options.has("t")) {
      var io = new Io(sys);
      io.out("\u001b[H\u001b[J");
      io.line(
          "Every %.1fs: %s  %s".formatted(seconds, command, SystemTime.format("%F %T", sys.now())));
      io.line("").flush();
    }
    var argv = ImmutableList.of("sh", "-c", command);
    Sys.Child child = sys.fork(new Launch("watch", argv, env));
    Instant next = sys.now().plus(Sleep.duration(seconds));
    return new Next.Block(new Watch(options, env, child.handle(), next), Wait.forChild());
  }
}
