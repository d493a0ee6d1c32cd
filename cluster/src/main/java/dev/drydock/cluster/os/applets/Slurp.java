package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;

/// A program that reads all of its input before it does anything.
///
/// @param read standard input so far
record Slurp(
    String argv0, Options options, ImmutableList<String> files, Applet.Slurping body, String read)
    implements Program {

  /// An input, whole.
  ///
  /// @param name as given; `-` for standard input
  /// @param error why it could not be read, or empty
  record Source(String name, String text, String error) {}

  static Slurp of(String argv0, Options options, int operandsBefore, Applet.Slurping body) {
    ImmutableList<String> operands = options.operands();
    var files = operands.subList(Math.min(operandsBefore, operands.size()), operands.size());
    return new Slurp(argv0, options, files.isEmpty() ? ImmutableList.of("-") : files, body, "");
  }

  @Override
  public long heldBytes() {
    return read.length();
  }

  @Override
  public Next step(Sys sys) {
    if (files.contains("-")) {
      String piece = sys.read(0, 1 << 16);
      if (piece == null) {
        return new Next.Block(this, Wait.readable(0));
      }
      if (!piece.isEmpty()) {
        sys.charge(1 + read.length() / 65_536);
        return new Next.Go(new Slurp(argv0, options, files, body, read + piece));
      }
    }
    var io = new Io(sys);
    var sources = ImmutableList.<Source>builder();
    for (String file : files) {
      sources.add(source(sys, file));
    }
    int status = body.run(io, options, sources.build());
    io.flush();
    if (io.hasFailed()) {
      io.err(options.name() + ": write error: No space left on device");
      status = 1;
    }
    return new Next.Exit(status);
  }

  private Source source(Sys sys, String file) {
    if (file.equals("-")) {
      return new Source("-", read, "");
    }
    try {
      return new Source(file, sys.readFile(file), "");
    } catch (OsException e) {
      return new Source(file, "", e.text());
    }
  }
}
