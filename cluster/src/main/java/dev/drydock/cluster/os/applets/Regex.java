package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.shell.Glob;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// POSIX regular expressions, basic and extended, over bytes. Alternatives are tried in order and
/// not for the longest match, which differs from POSIX in rare cases.
final class Regex {
  private static final int LENGTH_MAX = 4096;
  private static final int STEPS_MAX = 2_000_000;

  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Thrown when a match takes too many steps.
  static final class TooExpensive extends RuntimeException {
    TooExpensive() {
      super(null, null, false, false);
    }
  }

  static Regex compile(String text, boolean extended, boolean ignoreCase) throws UsageException {
    if (text.length() > LENGTH_MAX) {
      throw new UsageException("bad regex: too long");
    }
    try {
      String java = extended ? extended(text) : basic(text);
      return new Regex(
          Pattern.compile(java, (ignoreCase ? Pattern.CASE_INSENSITIVE : 0) | Pattern.DOTALL));
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw new UsageException("bad regex '" + text + "': " + reason(e));
    }
  }

  private static String reason(Throwable e) {
    String description = e instanceof PatternSyntaxException p ? p.getDescription() : "";
    return description.contains("nclosed group")
        ? "Unmatched ( or \\("
        : description.contains("nclosed character class")
            ? "Unmatched [, [^, [:, [., or [="
            : description.contains("Unmatched closing")
                ? "Unmatched ) or \\)"
                : "Invalid preceding regular expression";
  }

  static Regex literal(String text, boolean ignoreCase) {
    int flags = Pattern.LITERAL | ((ignoreCase ? Pattern.CASE_INSENSITIVE : 0) | Pattern.DOTALL);
    return new Regex(Pattern.compile(text, flags));
  }

  Matcher matcher(String text) {
    return pattern.matcher(new Counted(text, 0, text.length(), new int[1]));
  }

  boolean find(String text) {
    try {
      return matcher(text).find();
    } catch (StackOverflowError _) {
      throw new TooExpensive();
    }
  }

  private record Counted(String text, int from, int to, int[] steps) implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > STEPS_MAX) {
        throw new TooExpensive();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(from + start, from + end);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }

  private static String basic(String text) {
    var out = new StringBuilder();
    boolean start = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean wasStart = start;
      start = false;
      switch (c) {
        case '\\' -> {
          if (++i >= text.length()) {
            out.append("\\\\");
            break;
          }
          char e = text.charAt(i);
          switch (e) {
            case '(' -> {
              out.append('(');
              start = true;
            }
            case '|' -> {
              out.append('|');
              start = true;
            }
            case ')', '{', '}', '+', '?' -> out.append(e);
            default -> out.append(escape(e));
          }
        }
        case '[' -> i = bracket(text, i, out);
        case '*' -> out.append(wasStart ? "\\*" : "*");
        case '^' -> out.append(wasStart ? "^" : "\\^");
        case '$' -> {
          boolean end =
              i + 1 >= text.length()
                  || text.startsWith("\\)", i + 1)
                  || text.startsWith("\\|", i + 1);
          out.append(end ? "\\z" : "\\$");
        }
        case '(', ')', '{', '}', '+', '?', '|' -> out.append('\\').append(c);
        default -> out.append(c);
      }
      if (wasStart && c == '^') {
        start = true;
      }
    }
    return out.toString();
  }

  private static String extended(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> {
          if (++i >= text.length()) {
            out.append("\\\\");
          } else {
            out.append(escape(text.charAt(i)));
          }
        }
        case '[' -> i = bracket(text, i, out);
        case '$' -> out.append("\\z");
        case '{' ->
            out.append(
                text.substring(i).matches("(?s)\\{[0-9]*,?[0-9]*\\}.*") && i > 0 ? "{" : "\\{");
        case '(' -> out.append(i + 1 < text.length() && text.charAt(i + 1) == '?' ? "(\\" : "(");
        default -> out.append(c);
      }
    }
    return out.toString().replace("{,", "{0,");
  }

  private static String escape(char e) {
    return switch (e) {
      case 'n' -> "\\n";
      case 't' -> "\\t";
      case 'w' -> "[A-Za-z0-9_]";
      case 'W' -> "[^A-Za-z0-9_]";
      case 's' -> "[ \\t\\n\\x0b\\f\\r]";
      case 'S' -> "[^ \\t\\n\\x0b\\f\\r]";
      case 'b' -> "\\b";
      case 'B' -> "\\B";
      case '<' -> "\\b(?=\\w)";
      case '>' -> "\\b(?<=\\w)";
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "\\" + e;
      default -> Character.isLetterOrDigit(e) ? Character.toString(e) : "\\" + e;
    };
  }

  /// Translates a bracket expression and answers where it ends.
  private static int bracket(String text, int start, StringBuilder out) {
    int i = start + 1;
    var set = new StringBuilder("[");
    if (i < text.length() && text.charAt(i) == '^') {
      set.append('^');
      i++;
    }
    int first = i;
    while (i < text.length() && (text.charAt(i) != ']' || i == first)) {
      int end = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
      if (end > 0) {
        String name = text.substring(i + 2, end);
        for (char c = 0; c < 128; c++) {
          if (Glob.inClass(name, c)) {
            set.append(String.format("\\x%02x", (int) c));
          }
        }
        i = end + 2;
        continue;
      }
      char c = text.charAt(i);
      if (c == '\\'
          && i + 1 < text.length()
          && "nt\\]".indexOf(text.charAt(i + 1)) >= 0
          && text.charAt(i + 1) != ']') {
        set.append('\\').append(text.charAt(i + 1));
        i += 2;
        continue;
      }
      boolean range = c == '-' && i > first && i + 1 < text.length() && text.charAt(i + 1) != ']';
      set.append(
          range
              ? "-"
              : Character.isLetterOrDigit(c)
                  ? Character.toString(c)
                  : String.format("\\x%02x", (int) c));
      i++;
    }
    if (i >= text.length()) {
      out.append('[');
      return text.length();
    }
    out.append(set).append(']');
    return i;
  }
}
