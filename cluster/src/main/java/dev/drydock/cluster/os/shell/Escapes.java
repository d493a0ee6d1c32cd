package dev.drydock.cluster.os.shell;

/// Backslash escapes as echo -e, printf and `$'...'` understand them.
public final class Escapes {
  private Escapes() {}

  /// @param stop true if `\c` ended the output
  public record Result(String text, boolean stop) {}

  public static Result echo(String text) {
    var out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i >= text.length()) {
        out.append(c);
        continue;
      }
      char e = text.charAt(i++);
      switch (e) {
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'c' -> {
          return new Result(out.toString(), true);
        }
        case 'e' -> out.append('\u001b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'v' -> out.append('\u000b');
        case '\\', '\'', '"' -> out.append(e);
        case 'x' -> {
          int end = i;
          while (end < text.length() && end < i + 2 && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
          }
          if (end == i) {
            out.append("\\x");
          } else {
            out.append((char) Integer.parseInt(text.substring(i, end), 16));
            i = end;
          }
        }
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int start = e == '0' ? i : i - 1;
          int end = start;
          while (end < text.length()
              && end < start + 3
              && Character.digit(text.charAt(end), 8) >= 0) {
            end++;
          }
          out.append(
              (char) (end == start ? 0 : Integer.parseInt(text.substring(start, end), 8) & 0xff));
          i = end;
        }
        default -> out.append('\\').append(e);
      }
    }
    return new Result(out.toString(), false);
  }
}
