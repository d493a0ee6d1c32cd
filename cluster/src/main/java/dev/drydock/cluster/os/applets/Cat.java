package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;

/// `cat` and `tee`: bytes from files or standard input to standard output, and to more files.
///
/// @param descriptor being read; -1 for none
/// @param copies descriptors that get everything too
record Cat(
    String name,
    ImmutableList<String> files,
    int next,
    int descriptor,
    ImmutableList<Integer> copies,
    boolean failed)
    implements Program {

  private static final int CHUNK = 16 * 1024;

  static Program cat(ImmutableList<String> argv) {
    Options options = Options.parse(argv, "nvetAub");
    if (options.has("n")) {
      return Filter.of(options, 0, new TextApplets.Numbering(false));
    }
    if (!options.error().isEmpty()) {
      return new Once((io, _) -> options.complain(io), argv);
    }
    ImmutableList<String> files = options.operands();
    return new Cat(
        "cat", files.isEmpty() ? ImmutableList.of("-") : files, 0, -1, ImmutableList.of(), false);
  }

  /// `tee`, which opens its files in its first step.
  record Tee(ImmutableList<String> argv) implements Program {
    @Override
    public Next step(Sys sys) {
      var io = new Io(sys);
      Options options = Options.parse(argv, "ai");
      var copies = ImmutableList.<Integer>builder();
      boolean failed = false;
      for (String file : options.operands()) {
        try {
          copies.add(sys.open(file, options.has("a") ? Sys.Open.APPEND : Sys.Open.WRITE));
        } catch (OsException e) {
          io.err("tee: " + file + ": " + e.text());
          failed = true;
        }
      }
      return new Next.Go(new Cat("tee", ImmutableList.of("-"), 0, -1, copies.build(), failed));
    }
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    if (descriptor < 0) {
      return next < files.size() ? open(sys, io) : new Next.Exit(failed ? 1 : 0);
    }
    String piece;
    try {
      piece = sys.read(descriptor, CHUNK);
    } catch (OsException e) {
      io.err(name + ": read error: " + e.text());
      sys.close(descriptor);
      return new Next.Go(new Cat(name, files, next, -1, copies, true));
    }
    if (piece == null) {
      return new Next.Block(this, Wait.readable(descriptor));
    }
    if (piece.isEmpty()) {
      if (descriptor > 2) {
        sys.close(descriptor);
      }
      return new Next.Go(new Cat(name, files, next, -1, copies, failed));
    }
    sys.charge(piece.length() / 4096);
    try {
      sys.write(1, piece);
      copies.forEach(fd -> sys.write(fd, piece));
    } catch (OsException e) {
      io.err(name + ": write error: " + e.text());
      return new Next.Exit(1);
    }
    return new Next.Go(this);
  }

  private Next open(Sys sys, Io io) {
    String file = files.get(next);
    try {
      int fd = file.equals("-") ? 0 : sys.open(file, Sys.Open.READ);
      return new Next.Go(new Cat(name, files, next + 1, fd, copies, failed));
    } catch (OsException e) {
      boolean directory = e.errno() == dev.drydock.cluster.os.Errno.EISDIR;
      io.err(
          directory
              ? name + ": read error: " + e.text()
              : name + ": can't open '" + file + "': " + e.text());
      return new Next.Go(new Cat(name, files, next + 1, -1, copies, true));
    }
  }
}
