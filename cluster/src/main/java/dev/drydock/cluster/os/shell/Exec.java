package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import java.util.List;

/// A new process of the shell on its way to another program.
///
/// @param prefix what error messages begin with, like `sh: `
/// @param resets true to undo what an interactive shell does about signals
record Exec(
    ImmutableList<String> argv,
    ImmutableMap<String, String> env,
    ImmutableList<Redirects.Target> redirects,
    String prefix,
    boolean resets)
    implements Program {

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    if (resets) {
      List.of(Signals.INT, Signals.QUIT, Signals.TERM).forEach(sys::defaultSignal);
    }
    try {
      var _ = Redirects.apply(sys, redirects, false, false);
    } catch (ShellFailure e) {
      io.err(prefix + e.text());
      return new Next.Exit(e.status());
    }
    String name = argv.get(0);
    try {
      return new Next.Go(sys.exec(name, argv, env));
    } catch (OsException e) {
      if (e.errno() == Errno.ENOEXEC) {
        return script(sys, io);
      }
      boolean absent = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
      io.err(prefix + name + ": " + (absent ? "not found" : e.text()));
      return new Next.Exit(absent ? 127 : 126);
    }
  }

  /// A file that is no program is run as a script.
  private Next script(Sys sys, Io io) {
    try {
      String path = sys.which(argv.get(0), env.get("PATH"));
      String text = sys.readFile(path);
      if (text.indexOf(0) >= 0) {
        io.err(prefix + argv.get(0) + ": " + "Exec format error");
        return new Next.Exit(126);
      }
      sys.setArgv(argv);
      return new Next.Go(Shell.script(text, path, argv.subList(1, argv.size()), env, ""));
    } catch (OsException e) {
      io.err(prefix + argv.get(0) + ": " + e.text());
      return new Next.Exit(126);
    }
  }
}
