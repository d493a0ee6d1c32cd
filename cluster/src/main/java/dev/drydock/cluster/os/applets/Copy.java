package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Sys;
import java.util.List;

/// `cp` and `mv`.
final class Copy {
  private static final int DEPTH_MAX = 200;
  private static final int PIECE = 1 << 20;

  private Copy() {}

  static int cp(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "aRrdPpfiLHnTsluv");
    return options.error().isEmpty() ? run(io, options, true) : options.complain(io);
  }

  static int mv(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "finTv");
    return options.error().isEmpty() ? run(io, options, false) : options.complain(io);
  }

  private static int run(Io io, Options options, boolean copy) {
    Sys sys = io.sys();
    List<String> words = options.operands();
    String name = options.name();
    if (words.size() < 2) {
      io.err(name + ": missing operand");
      return 1;
    }
    String last = words.get(words.size() - 1);
    Sys.Stat target = sys.statOrNull(last, true);
    boolean into = target != null && target.isDirectory() && !options.has("T");
    if (words.size() > 2 && !into) {
      io.err(
          name
              + ": target '"
              + last
              + "': "
              + (target == null ? "No such file or directory" : "Not a directory"));
      return 1;
    }
    int status = 0;
    for (String source : words.subList(0, words.size() - 1)) {
      String path = into ? Paths.join(last, Paths.baseName(source)) : last;
      status |= copy ? copy(io, options, source, path, 0) : move(io, options, source, path);
    }
    return status;
  }

  private static int move(Io io, Options options, String source, String path) {
    Sys sys = io.sys();
    try {
      sys.rename(source, path);
      return 0;
    } catch (OsException e) {
      if (e.errno() != Errno.EXDEV) {
        io.err(
            e.errno() == Errno.ENOENT && sys.statOrNull(source, false) == null
                ? "mv: can't rename '" + source + "': " + e.text()
                : "mv: can't rename '" + source + "': " + e.text());
        return 1;
      }
    }
    Options deep = Options.parse(ImmutableList.of("mv", "-a"), "a");
    int status = copy(io, deep, source, path, 0);
    return status == 0 ? FileApplets.remove(io, source, 0) : status;
  }

  private static int copy(Io io, Options options, String source, String path, int depth) {
    Sys sys = io.sys();
    boolean recursive = options.has("a") || options.has("R") || options.has("r");
    boolean keepLinks =
        options.has("a") || options.has("d") || options.has("P") || (recursive && depth > 0);
    Sys.Stat stat;
    try {
      stat = keepLinks && !options.has("L") ? sys.lstat(source) : sys.stat(source);
    } catch (OsException e) {
      io.err(options.name() + ": can't stat '" + source + "': " + e.text());
      return 1;
    }
    try {
      int status = 0;
      switch (stat.kind()) {
        case DIRECTORY -> {
          if (!recursive || depth > DEPTH_MAX) {
            io.err(options.name() + ": omitting directory '" + source + "'");
            return 1;
          }
          if (sys.statOrNull(path, true) == null) {
            sys.mkdir(path, stat.meta().mode() | 0700);
          }
          for (String name : sys.list(source)) {
            status |=
                copy(io, options, Paths.join(source, name), Paths.join(path, name), depth + 1);
          }
        }
        case LINK -> {
          if (sys.statOrNull(path, false) != null) {
            sys.unlink(path);
          }
          sys.symlink(stat.target(), path);
        }
        case FILE, DEVICE -> status = file(io, options, source, path, stat);
      }
      if ((options.has("a") || options.has("p")) && stat.kind() != Sys.Kind.LINK && status == 0) {
        sys.setModified(path, stat.meta().modified());
      }
      return status;
    } catch (OsException e) {
      io.err(options.name() + ": can't create '" + path + "': " + e.text());
      return 1;
    }
  }

  private static int file(Io io, Options options, String source, String path, Sys.Stat stat) {
    Sys sys = io.sys();
    Sys.Stat old = sys.statOrNull(path, true);
    if (old != null) {
      if (old.number() == stat.number() && old.fileSystem().equals(stat.fileSystem())) {
        io.err(options.name() + ": '" + source + "' and '" + path + "' are the same file");
        return 1;
      }
      if (options.has("n")) {
        return 0;
      }
    }
    int in;
    try {
      in = sys.open(source, Sys.Open.READ);
    } catch (OsException e) {
      io.err(options.name() + ": can't open '" + source + "': " + e.text());
      return 1;
    }
    int out;
    try {
      out = sys.open(path, Sys.Open.WRITE, stat.meta().mode());
    } catch (OsException e) {
      sys.close(in);
      throw e;
    }
    try {
      String piece = sys.read(in, PIECE);
      while (piece != null && !piece.isEmpty()) {
        sys.write(out, piece);
        sys.charge(piece.length() / 4096);
        piece = sys.read(in, PIECE);
      }
      return 0;
    } catch (OsException e) {
      io.err(options.name() + ": write error: " + e.text());
      return 1;
    } finally {
      sys.close(in);
      sys.close(out);
    }
  }
}
