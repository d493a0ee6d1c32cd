package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.Io;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// `grep`. Models busybox findutils/grep.c; recursion is done by {@link GrepStart}.
final class Grep extends Filter.Logic {
  private final Options options;
  private final List<Regex> patterns;
  private final boolean named;
  private final long max;
  private final int after;
  private final int before;
  private long number;
  private long count;
  private boolean matched;
  private int owed;
  private PVector<String> recent = TreePVector.empty();
  private long printed;

  Grep(Options options, List<Regex> patterns, boolean named) throws UsageException {
    this.options = options;
    this.patterns = patterns;
    this.named = named;
    this.max = options.number("m", Long.MAX_VALUE);
    long both = options.number("C", 0);
    this.after = (int) Math.min(1000, options.number("A", both));
    this.before = (int) Math.min(1000, options.number("B", both));
  }

  static List<Regex> patterns(Options options, Reader files) throws UsageException {
    List<String> texts = new ArrayList<>(options.values().get("e"));
    for (String file : options.values().get("f")) {
      texts.addAll(TextApplets.linesOf(files.read(file)));
    }
    if (texts.isEmpty()) {
      if (options.operands().isEmpty()) {
        throw new UsageException("usage: grep [OPTIONS] PATTERN [FILE]...", 2);
      }
      texts.add(options.operands().get(0));
    }
    boolean extended = options.has("E") || options.name().equals("egrep");
    boolean fixed = options.has("F") || options.name().equals("fgrep");
    List<Regex> patterns = new ArrayList<>();
    for (String text : texts) {
      for (String line : text.isEmpty() ? List.of("") : TextApplets.linesOf(text)) {
        boolean plain = fixed && !options.has("w") && !options.has("x");
        String source = fixed && !plain ? line.replaceAll("([\\[\\]\\\\.*^$])", "\\\\$1") : line;
        String open = extended ? "(" : "\\(";
        String close = extended ? ")" : "\\)";
        if (options.has("x")) {
          source = "^" + open + source + close + "$";
        } else if (options.has("w")) {
          source = "\\<" + open + source + close + "\\>";
        }
        patterns.add(
            plain
                ? Regex.literal(line, options.has("i"))
                : Regex.compile(source, extended, options.has("i")));
      }
    }
    return patterns;
  }

  private boolean matches(String line) {
    return patterns.stream().anyMatch(p -> p.find(line)) != options.has("v");
  }

  @Override
  void line(Io io, String file, String line, boolean newline) {
    number++;
    if (count >= max) {
      return;
    }
    if (!matches(line)) {
      if (owed > 0) {
        owed--;
        print(io, file, line, '-');
      } else if (before > 0) {
        recent = recent.plus(line);
        recent = recent.size() > before ? recent.minus(0) : recent;
      }
      return;
    }
    matched = true;
    count++;
    if (options.has("q") || options.has("l") || options.has("L") || options.has("c")) {
      return;
    }
    if (options.has("o") && !options.has("v")) {
      only(io, file, line);
      return;
    }
    if ((after > 0 || before > 0) && printed > 0 && number - recent.size() > printed + 1) {
      io.line("--");
    }
    long at = number;
    number = at - recent.size();
    for (String earlier : recent) {
      print(io, file, earlier, '-');
      number++;
    }
    recent = TreePVector.empty();
    print(io, file, line, ':');
    owed = after;
  }

  private void only(Io io, String file, String line) {
    for (Regex pattern : patterns) {
      Matcher matcher = pattern.matcher(line);
      while (matcher.find()) {
        if (!matcher.group().isEmpty()) {
          print(io, file, matcher.group(), ':');
        }
      }
    }
  }

  private void print(Io io, String file, String line, char mark) {
    printed = number;
    io.line(prefix(file, mark) + (options.has("n") ? Long.toString(number) + mark : "") + line);
  }

  private String prefix(String file, char mark) {
    return named ? (file.equals("-") ? "(standard input)" : file) + mark : "";
  }

  @Override
  void endOfFile(Io io, String file) {
    if (options.has("c")) {
      io.line(prefix(file, ':') + count);
    } else if (options.has("l") && count > 0 || options.has("L") && count == 0) {
      io.line(file.equals("-") ? "(standard input)" : file);
    }
    number = 0;
    count = 0;
    owed = 0;
    printed = 0;
    recent = TreePVector.empty();
  }

  @Override
  boolean isDone() {
    return matched && options.has("q");
  }

  @Override
  int status(boolean failed) {
    return matched && options.has("q") ? 0 : failed ? 2 : matched ? 0 : 1;
  }

  @Override
  String complaint(String name, String file, String error) {
    return options.has("s") ? "" : name + ": " + file + ": " + error;
  }

  /// Reads a file of patterns.
  interface Reader {
    String read(String file);
  }
}
