package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.util.ArrayList;
import java.util.List;

/// `xargs`: reads words and runs a command with them. Models busybox findutils/xargs.c; `-P` runs
/// them one at a time all the same.
record Xargs(Options options, ImmutableMap<String, String> env, String read) implements Program {
  private static final int WORDS_MAX = 5000;

  static Applet applet() {
    return (argv, env) -> {
      Options options = Options.parse(argv, "+0rtn:I:P:d:L:s:");
      return options.error().isEmpty()
          ? new Xargs(options, env, "")
          : new Once((io, _) -> options.complain(io), argv);
    };
  }

  @Override
  public long heldBytes() {
    return read.length();
  }

  @Override
  public Next step(Sys sys) {
    String piece = sys.read(0, 1 << 16);
    if (piece == null) {
      return new Next.Block(this, Wait.readable(0));
    }
    if (!piece.isEmpty()) {
      return new Next.Go(new Xargs(options, env, read + piece));
    }
    List<String> words = words();
    ImmutableList<String> command =
        options.operands().isEmpty() ? ImmutableList.of("echo") : options.operands();
    var commands = ImmutableList.<ImmutableList<String>>builder();
    if (options.has("I")) {
      String mark = options.value("I", "{}");
      for (String word : words) {
        commands.add(
            command.stream()
                .map(w -> w.replace(mark, word))
                .collect(ImmutableList.toImmutableList()));
      }
    } else if (!words.isEmpty() || !options.has("r")) {
      String limit = options.value("n", options.value("L", "5000"));
      int size = limit.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(limit) : WORDS_MAX;
      for (int at = 0; at == 0 || at < words.size(); at += size) {
        commands.add(
            ImmutableList.<String>builder()
                .addAll(command)
                .addAll(words.subList(at, Math.min(words.size(), at + size)))
                .build());
      }
    }
    return new Next.Go(RunEach.of("xargs", commands.build(), env, 0, 123));
  }

  private List<String> words() {
    if (options.has("0")) {
      return List.of(read.isEmpty() ? new String[0] : read.split("\0"));
    }
    if (options.has("I") || options.has("d")) {
      return TextApplets.linesOf(read).stream()
          .map(String::strip)
          .filter(l -> !l.isEmpty())
          .toList();
    }
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < read.length(); i++) {
      char c = read.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '\\' && i + 1 < read.length()) {
        word.append(read.charAt(++i));
        inWord = true;
      } else if (c == ' ' || c == '\t' || c == '\n') {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
