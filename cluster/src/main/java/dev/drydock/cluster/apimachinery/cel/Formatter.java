package dev.drydock.cluster.apimachinery.cel;

import java.util.List;
import java.util.Locale;

/// Fills the clauses of a format string: `%s %d %f %e %x %X %o %b %%`, with a precision for `%f`
/// and `%e`. Models cel-go `ext/formatting.go`.
final class Formatter {
  private final String template;
  private final List<?> arguments;
  private final StringBuilder text = new StringBuilder();
  private int position;
  private int used;

  private Formatter(String template, List<?> arguments) {
    this.template = template;
    this.arguments = arguments;
  }

  static String format(String template, List<?> arguments) {
    Formatter formatter = new Formatter(template, arguments);
    while (formatter.position < template.length()) {
      formatter.step();
    }
    return formatter.text.toString();
  }

  private void step() {
    char c = template.charAt(position++);
    if (c != '%') {
      text.append(c);
      return;
    }
    int precision = precision();
    char verb = position < template.length() ? template.charAt(position++) : '\0';
    text.append(verb == '%' ? "%" : clause(verb, precision));
  }

  private int precision() {
    int start = position + 1;
    if (position >= template.length() || template.charAt(position) != '.') {
      return 6;
    }
    position++;
    while (position < template.length() && Character.isDigit(template.charAt(position))) {
      position++;
    }
    String digits = template.substring(start, position);
    if (digits.isEmpty() || digits.length() > 2) {
      throw new IllegalArgumentException("a precision of one or two digits is needed");
    }
    return Integer.parseInt(digits);
  }

  private String clause(char verb, int precision) {
    if (used >= arguments.size()) {
      throw new IllegalArgumentException("index %d out of range".formatted(used));
    }
    Object argument = arguments.get(used++);
    return switch (verb) {
      case 's' -> Values.words(argument);
      case 'd' -> Long.toString(integer(argument));
      case 'f' -> String.format(Locale.ROOT, "%." + precision + "f", number(argument));
      case 'e' -> String.format(Locale.ROOT, "%." + precision + "e", number(argument));
      case 'x' -> Long.toHexString(integer(argument));
      case 'X' -> Long.toHexString(integer(argument)).toUpperCase(Locale.ROOT);
      case 'o' -> Long.toOctalString(integer(argument));
      case 'b' ->
          argument instanceof Boolean bool
              ? (bool ? "1" : "0")
              : Long.toBinaryString(integer(argument));
      default ->
          throw new IllegalArgumentException(
              "unrecognized formatting clause \"%c\"".formatted(verb));
    };
  }

  private static long integer(Object argument) {
    if (argument instanceof Long value) {
      return value;
    }
    throw new IllegalArgumentException("a whole number is needed, not " + Values.words(argument));
  }

  private static double number(Object argument) {
    if (argument instanceof Number value) {
      return value.doubleValue();
    }
    throw new IllegalArgumentException("a number is needed, not " + Values.words(argument));
  }
}
