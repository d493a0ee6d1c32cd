package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;

/// A program that handles its input line by line as it comes.
///
/// @param next index of the file to open next
/// @param descriptor of the file being read; -1 for none
/// @param partial the beginning of a line
record Filter(
    Options options,
    ImmutableList<String> files,
    int next,
    int descriptor,
    String partial,
    Logic logic,
    boolean failed)
    implements Program {

  private static final int CHUNK = 8192;

  /// What is done with the lines. A step works on a copy, so fields must be immutable values.
  abstract static class Logic implements Cloneable {
    /// A line without its newline.
    ///
    /// @param file the name it came from, `-` for standard input
    /// @param newline false if the file ends without one
    abstract void line(Io io, String file, String line, boolean newline);

    /// After the last line.
    void end(Io io) {}

    /// After the last line of a file.
    void endOfFile(Io io, String file) {}

    /// True if it wants no more lines.
    boolean isDone() {
      return false;
    }

    /// The exit status.
    ///
    /// @param failed true if a file could not be read
    int status(boolean failed) {
      return failed ? 1 : 0;
    }

    /// How a file that cannot be opened is reported.
    String complaint(String name, String file, String error) {
      return name + ": " + file + ": " + error;
    }

    long heldBytes() {
      return 0;
    }

    final Logic copy() {
      try {
        return (Logic) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  static Filter of(Options options, int operandsBefore, Logic logic) {
    ImmutableList<String> operands = options.operands();
    var files = operands.subList(Math.min(operandsBefore, operands.size()), operands.size());
    return new Filter(
        options, files.isEmpty() ? ImmutableList.of("-") : files, 0, -1, "", logic, false);
  }

  @Override
  public long heldBytes() {
    return partial.length() + logic.heldBytes();
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    try {
      return step(sys, io, logic.copy());
    } catch (Regex.TooExpensive _) {
      return new Next.Go(new Spinning());
    } finally {
      io.flush();
    }
  }

  private Next step(Sys sys, Io io, Logic work) {
    if (work.isDone() || (descriptor < 0 && next >= files.size())) {
      work.end(io);
      io.flush();
      boolean lost = failed || io.hasFailed();
      return new Next.Exit(work.status(lost));
    }
    if (descriptor < 0) {
      return open(sys, io, work);
    }
    String piece;
    try {
      piece = sys.read(descriptor, CHUNK);
    } catch (OsException e) {
      io.err(work.complaint(options.name(), files.get(next - 1), e.text()));
      sys.close(descriptor);
      return new Next.Go(new Filter(options, files, next, -1, "", work, true));
    }
    if (piece == null) {
      return new Next.Block(this, Wait.readable(descriptor));
    }
    String file = files.get(next - 1);
    if (piece.isEmpty()) {
      if (!partial.isEmpty() && !work.isDone()) {
        work.line(io, file, partial, false);
      }
      work.endOfFile(io, file);
      if (descriptor > 2) {
        sys.close(descriptor);
      }
      return new Next.Go(new Filter(options, files, next, -1, "", work, failed));
    }
    String text = partial + piece;
    int at = 0;
    int lines = 0;
    for (int end = text.indexOf('\n'); end >= 0 && !work.isDone(); end = text.indexOf('\n', at)) {
      work.line(io, file, text.substring(at, end), true);
      at = end + 1;
      lines++;
    }
    sys.charge(1 + lines / 8);
    String rest = work.isDone() ? "" : text.substring(at);
    return new Next.Go(new Filter(options, files, next, descriptor, rest, work, failed));
  }

  private Next open(Sys sys, Io io, Logic work) {
    String file = files.get(next);
    try {
      int fd = file.equals("-") ? 0 : sys.open(file, Sys.Open.READ);
      return new Next.Go(new Filter(options, files, next + 1, fd, "", work, failed));
    } catch (OsException e) {
      io.err(work.complaint(options.name(), file, e.text()));
      return new Next.Go(new Filter(options, files, next + 1, -1, "", work, true));
    }
  }
}
