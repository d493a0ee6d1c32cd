package dev.drydock.cluster.os.shell;

import java.util.List;
import java.util.Locale;

/// Formats as printf(1) does.
final class Printf {
  private static final int WIDTH_MAX = 4096;

  private final List<String> arguments;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder errors = new StringBuilder();
  private int next;
  private boolean stopped;

  private Printf(List<String> arguments) {
    this.arguments = arguments;
  }

  /// @param errors what is wrong with arguments, one a line
  record Result(String output, String errors) {}

  static Result format(String format, List<String> arguments) {
    var printf = new Printf(arguments);
    do {
      int before = printf.next;
      printf.once(format);
      if (printf.next == before) {
        break;
      }
    } while (printf.next < arguments.size() && !printf.stopped);
    return new Result(printf.out.toString(), printf.errors.toString());
  }

  private String argument() {
    return next < arguments.size() ? arguments.get(next++) : "";
  }

  private void once(String format) {
    int i = 0;
    while (i < format.length() && !stopped) {
      char c = format.charAt(i);
      if (c == '\\') {
        int end = escapeEnd(format, i);
        Escapes.Result piece = Escapes.echo(format.substring(i, end));
        out.append(piece.text());
        stopped = piece.stop();
        i = end;
      } else if (c == '%' && i + 1 < format.length()) {
        i = directive(format, i + 1);
      } else {
        out.append(c);
        i++;
      }
    }
  }

  private static int escapeEnd(String format, int start) {
    int end = Math.min(format.length(), start + 2);
    if (end - start < 2) {
      return end;
    }
    char kind = format.charAt(start + 1);
    int radix = kind == 'x' ? 16 : 8;
    int max =
        kind == 'x' ? end + 2 : Character.digit(kind, 8) >= 0 ? end + (kind == '0' ? 3 : 2) : end;
    while (end < format.length() && end < max && Character.digit(format.charAt(end), radix) >= 0) {
      end++;
    }
    return end;
  }

  private int directive(String format, int start) {
    int i = start;
    if (format.charAt(i) == '%') {
      out.append('%');
      return i + 1;
    }
    String flags = "";
    while (i < format.length() && "-+ 0#".indexOf(format.charAt(i)) >= 0) {
      flags += format.charAt(i++);
    }
    int[] width = {-1};
    i = count(format, i, width);
    int[] precision = {-1};
    if (i < format.length() && format.charAt(i) == '.') {
      precision[0] = 0;
      i = count(format, i + 1, precision);
    }
    while (i < format.length() && "hlLqjzt".indexOf(format.charAt(i)) >= 0) {
      i++;
    }
    if (i >= format.length()) {
      errors.append("printf: %").append(format.substring(start)).append(": invalid format\n");
      stopped = true;
      return i;
    }
    convert(format.charAt(i), flags, width[0], precision[0]);
    return i + 1;
  }

  private int count(String format, int start, int[] value) {
    int i = start;
    if (i < format.length() && format.charAt(i) == '*') {
      value[0] = (int) Math.clamp(integer(argument()), 0, WIDTH_MAX);
      return i + 1;
    }
    while (i < format.length() && Character.isDigit(format.charAt(i))) {
      value[0] = Math.min(WIDTH_MAX, Math.max(0, value[0]) * 10 + format.charAt(i++) - '0');
    }
    return i;
  }

  private void convert(char kind, String flags, int width, int precision) {
    switch (kind) {
      case 'd', 'i' -> number(Long.toString(integer(argument())), flags, width, precision);
      case 'u' -> number(Long.toUnsignedString(integer(argument())), flags, width, precision);
      case 'x' -> number(Long.toHexString(integer(argument())), flags, width, precision);
      case 'X' ->
          number(
              Long.toHexString(integer(argument())).toUpperCase(Locale.ROOT),
              flags,
              width,
              precision);
      case 'o' -> number(Long.toOctalString(integer(argument())), flags, width, precision);
      case 'c' -> {
        String text = argument();
        pad(text.isEmpty() ? "" : text.substring(0, 1), flags, width);
      }
      case 's' -> {
        String text = argument();
        pad(
            precision >= 0 && precision < text.length() ? text.substring(0, precision) : text,
            flags,
            width);
      }
      case 'b' -> {
        Escapes.Result piece = Escapes.echo(argument());
        pad(piece.text(), flags, width);
        stopped |= piece.stop();
      }
      case 'e', 'E', 'f', 'F', 'g', 'G' -> {
        double value = real(argument());
        int digits = precision < 0 ? 6 : precision;
        String shape = "%." + digits + (kind == 'F' ? 'f' : kind);
        String text =
            (kind == 'g' || kind == 'G') && value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, shape, value);
        number(text, flags, width, -1);
      }
      default -> {
        errors.append("printf: %").append(kind).append(": invalid format\n");
        stopped = true;
      }
    }
  }

  private void number(String text, String flags, int width, int precision) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (precision > digits.length()) {
      digits = "0".repeat(precision - digits.length()) + digits;
    }
    String sign = negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    int room = width - sign.length() - digits.length();
    if (flags.contains("0") && !flags.contains("-") && precision < 0 && room > 0) {
      digits = "0".repeat(room) + digits;
    }
    pad(sign + digits, flags, width);
  }

  private void pad(String text, String flags, int width) {
    String blanks = " ".repeat(Math.max(0, width - text.length()));
    out.append(flags.contains("-") ? text + blanks : blanks + text);
  }

  private long integer(String text) {
    String bare = text.strip();
    if (bare.isEmpty()) {
      return 0;
    }
    if (bare.startsWith("'") || bare.startsWith("\"")) {
      return bare.length() > 1 ? bare.charAt(1) : 0;
    }
    try {
      return Long.decode(bare);
    } catch (NumberFormatException _) {
      errors.append("printf: invalid number '").append(text).append("'\n");
      return 0;
    }
  }

  private double real(String text) {
    try {
      return text.isBlank() ? 0 : Double.parseDouble(text.strip());
    } catch (NumberFormatException _) {
      errors.append("printf: invalid number '").append(text).append("'\n");
      return 0;
    }
  }
}
