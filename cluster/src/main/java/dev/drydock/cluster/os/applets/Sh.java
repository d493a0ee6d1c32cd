package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.shell.Shell;

/// `sh`: finds out where its commands come from and becomes a {@link Shell}.
record Sh(ImmutableList<String> argv, ImmutableMap<String, String> env) implements Program {
  @Override
  public Next step(Sys sys) {
    var flags = new StringBuilder();
    boolean command = false;
    boolean input = false;
    int i = 1;
    while (i < argv.size() && argv.get(i).matches("[-+][a-zA-Z]+")) {
      String word = argv.get(i++);
      for (char letter : word.substring(1).toCharArray()) {
        switch (letter) {
          case 'c' -> command = true;
          case 's' -> input = true;
          case 'l' -> {}
          case 'o' -> {
            if (i < argv.size() && argv.get(i++).equals("pipefail")) {
              flags.append('P');
            }
          }
          default -> flags.append(word.startsWith("-") ? letter : "");
        }
      }
    }
    if (i < argv.size() && argv.get(i).equals("--")) {
      i++;
    }
    var rest = argv.subList(Math.min(i, argv.size()), argv.size());
    String name = argv.get(0).startsWith("-") ? argv.get(0).substring(1) : argv.get(0);
    if (command) {
      if (rest.isEmpty()) {
        new Io(sys).err(name + ": -c requires an argument");
        return new Next.Exit(2);
      }
      ImmutableList<String> operands =
          rest.size() > 1 ? rest.subList(1, rest.size()) : ImmutableList.of(name);
      return new Next.Go(Shell.command(rest.get(0), operands, env, flags.toString()));
    }
    if (rest.isEmpty() || input) {
      return new Next.Go(Shell.standardInput(rest, env, flags.toString()));
    }
    return file(sys, name, rest, flags.toString());
  }

  private Next file(Sys sys, String name, ImmutableList<String> rest, String flags) {
    try {
      String path = rest.get(0);
      String text = sys.readFile(path);
      return new Next.Go(Shell.script(text, path, rest.subList(1, rest.size()), env, flags));
    } catch (OsException e) {
      new Io(sys).err(name + ": can't open '" + rest.get(0) + "': " + e.text());
      return new Next.Exit(2);
    }
  }
}
