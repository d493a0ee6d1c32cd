package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;

/// A program that is done after one step.
record Once(Applet.Immediate body, ImmutableList<String> argv) implements Program {
  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    int status;
    try {
      status = body.run(io, argv);
    } catch (OsException e) {
      io.err(Paths.baseName(argv.get(0)) + ": " + e.text());
      status = 1;
    }
    io.flush();
    if (io.hasFailed()) {
      io.err(Paths.baseName(argv.get(0)) + ": write error: No space left on device");
      status = 1;
    }
    return new Next.Exit(status);
  }
}
