package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;
import java.util.ArrayList;
import java.util.List;

/// Redirections whose targets are expanded.
final class Redirects {
  private static final int HERE_MAX = 60_000;

  private Redirects() {}

  /// @param target path, descriptor (or `-`), or text of a here-document
  record Target(int descriptor, String operator, String target) {}

  /// Carries them out; answers how to undo it, if asked to keep what was there.
  static ImmutableList<Frame.Restore.Saved> apply(
      Sys sys, List<Target> targets, boolean keep, boolean noClobber) throws ShellFailure {
    List<Frame.Restore.Saved> saved = new ArrayList<>();
    try {
      for (Target target : targets) {
        if (keep) {
          int fd = target.descriptor();
          saved.add(0, new Frame.Restore.Saved(fd, sys.isOpen(fd) ? sys.dupAbove(fd) : -1));
        }
        apply(sys, target, noClobber);
      }
    } catch (ShellFailure e) {
      restore(sys, saved);
      throw e;
    } catch (OsException e) {
      restore(sys, saved);
      throw new ShellFailure(e.text(), 1);
    }
    return ImmutableList.copyOf(saved);
  }

  static void restore(Sys sys, List<Frame.Restore.Saved> saved) {
    for (Frame.Restore.Saved one : saved) {
      if (one.kept() < 0) {
        sys.close(one.descriptor());
      } else {
        sys.dup2(one.kept(), one.descriptor());
        sys.close(one.kept());
      }
    }
  }

  private static void apply(Sys sys, Target target, boolean noClobber) throws ShellFailure {
    int fd = target.descriptor();
    switch (target.operator()) {
      case "<&", ">&" -> copy(sys, fd, target.target());
      case "<<" -> here(sys, fd, target.target());
      default -> open(sys, fd, target, noClobber);
    }
  }

  private static void copy(Sys sys, int fd, String source) throws ShellFailure {
    if (source.equals("-")) {
      sys.close(fd);
      return;
    }
    if (!source.matches("[0-9]{1,3}")) {
      throw new ShellFailure(source + ": bad fd number", 2);
    }
    if (!sys.isOpen(Integer.parseInt(source))) {
      throw new ShellFailure("dup2(" + source + "," + fd + "): Bad file descriptor", 1);
    }
    sys.dup2(Integer.parseInt(source), fd);
  }

  private static void here(Sys sys, int fd, String text) throws ShellFailure {
    if (text.length() > HERE_MAX) {
      throw new ShellFailure("here-document too long", 2);
    }
    int[] pipe = sys.pipe();
    sys.write(pipe[1], text);
    sys.close(pipe[1]);
    move(sys, pipe[0], fd);
  }

  private static void move(Sys sys, int from, int to) {
    if (from != to) {
      sys.dup2(from, to);
      sys.close(from);
    }
  }

  private static void open(Sys sys, int fd, Target target, boolean noClobber) throws ShellFailure {
    Sys.Open how =
        switch (target.operator()) {
          case "<" -> Sys.Open.READ;
          case ">>" -> Sys.Open.APPEND;
          case "<>" -> Sys.Open.READ_WRITE;
          default -> Sys.Open.WRITE;
        };
    if (noClobber && target.operator().equals(">")) {
      Sys.Stat stat = sys.statOrNull(target.target(), true);
      if (stat != null && stat.kind() == Sys.Kind.FILE) {
        throw new ShellFailure("can't create " + target.target() + ": File exists", 1);
      }
    }
    try {
      move(sys, sys.open(target.target(), how, 0666, 3), fd);
    } catch (OsException e) {
      boolean reading = how == Sys.Open.READ;
      boolean absent = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
      throw new ShellFailure(
          (reading ? "can't open " : "can't create ")
              + target.target()
              + ": "
              + (absent ? reading ? "no such file" : "nonexistent directory" : e.text()),
          1);
    }
  }
}
