package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;

/// A process on its way to another program, for programs that run others: xargs, env, timeout.
///
/// @param by name of the program that runs it, for messages
record Launch(String by, ImmutableList<String> argv, ImmutableMap<String, String> env)
    implements Program {
  @Override
  public Next step(Sys sys) {
    try {
      return new Next.Go(sys.exec(argv.get(0), argv, env));
    } catch (OsException e) {
      new Io(sys).err(by + ": can't execute '" + argv.get(0) + "': " + e.text());
      return new Next.Exit(e.errno() == Errno.ENOENT ? 127 : 126);
    }
  }
}
