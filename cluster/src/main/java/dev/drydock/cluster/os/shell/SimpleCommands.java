package dev.drydock.cluster.os.shell;

import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Signals;
import java.util.List;

/// Commands that are both builtins of the shell and programs of their own: they do all in one step
/// and never wait. Each answers its exit status.
public final class SimpleCommands {
  private SimpleCommands() {}

  public static int echo(Io io, List<String> argv) {
    boolean newline = true;
    boolean escapes = false;
    int i = 1;
    while (i < argv.size() && argv.get(i).matches("-[neE]+")) {
      newline &= !argv.get(i).contains("n");
      escapes = argv.get(i).contains("e") || (escapes && !argv.get(i).contains("E"));
      i++;
    }
    String text = String.join(" ", argv.subList(i, argv.size()));
    if (escapes) {
      Escapes.Result result = Escapes.echo(text);
      text = result.text();
      newline &= !result.stop();
    }
    io.out(newline ? text + "\n" : text);
    return 0;
  }

  public static int printf(Io io, List<String> argv) {
    int first = argv.size() > 1 && argv.get(1).equals("--") ? 2 : 1;
    if (argv.size() <= first) {
      io.err("Usage: printf FORMAT [ARG]...");
      return 1;
    }
    Printf.Result result = Printf.format(argv.get(first), argv.subList(first + 1, argv.size()));
    io.out(result.output());
    if (result.errors().isEmpty()) {
      return 0;
    }
    io.err(result.errors().stripTrailing());
    return 1;
  }

  /// Text formatted as printf(1) does, wrong arguments taken for 0.
  public static String format(String format, List<String> arguments) {
    return Printf.format(format, arguments).output();
  }

  /// `test` and `[`.
  public static int test(Io io, List<String> argv) {
    List<String> words = argv.subList(1, argv.size());
    String name = argv.get(0).endsWith("[") ? "[" : "test";
    if (name.equals("[")) {
      if (words.isEmpty() || !words.get(words.size() - 1).equals("]")) {
        io.err("[: missing ]");
        return 2;
      }
      words = words.subList(0, words.size() - 1);
    }
    try {
      return Test.evaluate(io.sys(), words) ? 0 : 1;
    } catch (Test.TestFailure e) {
      io.err("sh: " + e.getMessage());
      return 2;
    }
  }

  public static int pwd(Io io, List<String> argv) {
    io.line(io.sys().directory());
    return 0;
  }

  /// `kill`, for pids only.
  public static int kill(Io io, String prefix, List<String> argv) {
    int signal = Signals.TERM;
    int i = 1;
    if (argv.size() > 1 && argv.get(1).equals("-l")) {
      for (int n = 1; n < Signals.names().size(); n++) {
        io.line("%2d) %s".formatted(n, Signals.name(n)));
      }
      return 0;
    }
    if (argv.size() > 1 && argv.get(1).startsWith("-") && !argv.get(1).equals("--")) {
      boolean separate = argv.get(1).equals("-s") && argv.size() > 2;
      String name = separate ? argv.get(2) : argv.get(1).substring(1);
      signal = Signals.parse(name);
      i = separate ? 3 : 2;
      if (signal < 0) {
        io.err(prefix + "bad signal name '" + name + "'");
        return 1;
      }
    }
    if (i >= argv.size()) {
      io.err(prefix + "you need to specify whom to kill");
      return 1;
    }
    int status = 0;
    for (String target : argv.subList(i, argv.size())) {
      if (!target.matches("-?[0-9]{1,9}")) {
        io.err(prefix + "invalid number '" + target + "'");
        status = 1;
        continue;
      }
      try {
        io.sys().kill(Integer.parseInt(target), signal);
      } catch (OsException e) {
        io.err(prefix + "can't kill pid " + target + ": " + e.text());
        status = 1;
      }
    }
    return status;
  }
}
