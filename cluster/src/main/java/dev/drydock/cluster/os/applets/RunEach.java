package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;

/// Runs commands one after the other and waits for each: the second half of xargs and find -exec.
///
/// @param handle of the one that runs; 0 for none
/// @param status what is exited with if all go well or badly
record RunEach(
    String by,
    ImmutableList<ImmutableList<String>> commands,
    int next,
    int handle,
    ImmutableMap<String, String> env,
    int status,
    int failure)
    implements Program {

  static Program of(
      String by,
      ImmutableList<ImmutableList<String>> commands,
      ImmutableMap<String, String> env,
      int status,
      int failure) {
    return new RunEach(by, commands, 0, 0, env, status, failure);
  }

  @Override
  public Next step(Sys sys) {
    int result = status;
    if (handle != 0) {
      Sys.Ended ended = sys.waitFor(handle);
      if (ended == null) {
        return new Next.Block(this, Wait.forChild());
      }
      if (ended.status() != 0) {
        boolean missing = ended.status() == 126 || ended.status() == 127;
        result = failure == 0 ? result : missing && by.equals("xargs") ? ended.status() : failure;
        if (missing && by.equals("xargs")) {
          return new Next.Exit(result);
        }
      }
    }
    if (next >= commands.size()) {
      return new Next.Exit(result);
    }
    try {
      Sys.Child child = sys.fork(new Launch(by, commands.get(next), env));
      var waiting = new RunEach(by, commands, next + 1, child.handle(), env, result, failure);
      return new Next.Block(waiting, Wait.forChild());
    } catch (OsException e) {
      new Io(sys).err(by + ": can't fork: " + e.text());
      return new Next.Exit(1);
    }
  }
}
