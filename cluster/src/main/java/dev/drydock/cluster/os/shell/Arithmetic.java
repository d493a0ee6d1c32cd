package dev.drydock.cluster.os.shell;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Evaluates `$((...))` over 64-bit integers. Models busybox shell/math.c.
final class Arithmetic {
  static final class ArithmeticFailure extends Exception {
    ArithmeticFailure(String message) {
      super(message);
    }
  }

  private static final int DEPTH_MAX = 64;
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("==", "!="),
          List.of("<=", ">=", "<", ">"),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "%"));
  private static final List<String> ASSIGNMENTS =
      List.of("<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "=");

  private final String text;
  private final Function<String, String> read;
  private final BiConsumer<String, String> write;
  private int at;
  private int depth;

  Arithmetic(String text, Function<String, String> read, BiConsumer<String, String> write) {
    this.text = text;
    this.read = read;
    this.write = write;
  }

  long value() throws ArithmeticFailure {
    blanks();
    if (at >= text.length()) {
      return 0;
    }
    long value = comma();
    blanks();
    if (at < text.length()) {
      throw syntax();
    }
    return value;
  }

  private ArithmeticFailure syntax() {
    return new ArithmeticFailure("arithmetic syntax error");
  }

  private long comma() throws ArithmeticFailure {
    long value = assignment();
    while (take(",")) {
      value = assignment();
    }
    return value;
  }

  private long assignment() throws ArithmeticFailure {
    blanks();
    if (++depth > DEPTH_MAX) {
      throw syntax();
    }
    try {
      int start = at;
      String name = name();
      if (!name.isEmpty()) {
        blanks();
        for (String operator : ASSIGNMENTS) {
          if (text.startsWith(operator, at)
              && !(operator.equals("=") && text.startsWith("==", at))) {
            at += operator.length();
            long right = assignment();
            String op = operator.substring(0, operator.length() - 1);
            long value = op.isEmpty() ? right : apply(op, variable(name), right);
            write.accept(name, Long.toString(value));
            return value;
          }
        }
      }
      at = start;
      return ternary();
    } finally {
      depth--;
    }
  }

  private long ternary() throws ArithmeticFailure {
    long condition = binary(0);
    if (!take("?")) {
      return condition;
    }
    long yes = assignment();
    if (!take(":")) {
      throw syntax();
    }
    long no = assignment();
    return condition != 0 ? yes : no;
  }

  private long binary(int level) throws ArithmeticFailure {
    if (level == LEVELS.size()) {
      return power();
    }
    long left = binary(level + 1);
    while (true) {
      String operator = operator(level);
      if (operator.isEmpty()) {
        return left;
      }
      at += operator.length();
      left = apply(operator, left, binary(level + 1));
    }
  }

  private String operator(int level) {
    blanks();
    for (String candidate : LEVELS.get(level)) {
      if (text.startsWith(candidate, at)) {
        String rest = text.substring(at + candidate.length());
        boolean longer =
            (rest.startsWith("=") && !candidate.endsWith("=") && !candidate.matches("[<>]"))
                || (candidate.length() == 1
                    && rest.startsWith(candidate)
                    && "|&<>*".contains(candidate));
        if (!longer) {
          return candidate;
        }
      }
    }
    return "";
  }

  private long power() throws ArithmeticFailure {
    long base = unary();
    if (!take("**")) {
      return base;
    }
    long exponent = power();
    if (exponent < 0) {
      throw new ArithmeticFailure("exponent less than 0");
    }
    long result = 1;
    for (long e = Math.min(exponent, 4096); e > 0; e--) {
      result *= base;
    }
    return result;
  }

  private long unary() throws ArithmeticFailure {
    blanks();
    if (++depth > DEPTH_MAX) {
      throw syntax();
    }
    try {
      if (text.startsWith("++", at) || text.startsWith("--", at)) {
        int step = text.charAt(at) == '+' ? 1 : -1;
        int start = at;
        at += 2;
        blanks();
        String name = name();
        if (!name.isEmpty()) {
          long value = variable(name) + step;
          write.accept(name, Long.toString(value));
          return value;
        }
        at = start;
      }
      if (take("!")) {
        return unary() == 0 ? 1 : 0;
      }
      if (take("~")) {
        return ~unary();
      }
      if (take("-")) {
        return -unary();
      }
      if (take("+")) {
        return unary();
      }
      return primary();
    } finally {
      depth--;
    }
  }

  private long primary() throws ArithmeticFailure {
    if (take("(")) {
      long value = comma();
      if (!take(")")) {
        throw syntax();
      }
      return value;
    }
    blanks();
    int start = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))
        || peek('_')
        || peek('#')) {
      if (start == at && !Character.isDigit(text.charAt(at))) {
        break;
      }
      at++;
    }
    if (at > start) {
      return number(text.substring(start, at));
    }
    String name = name();
    if (name.isEmpty()) {
      throw syntax();
    }
    long value = variable(name);
    if (text.startsWith("++", at) || text.startsWith("--", at)) {
      write.accept(name, Long.toString(value + (text.charAt(at) == '+' ? 1 : -1)));
      at += 2;
    }
    return value;
  }

  private boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private long number(String digits) throws ArithmeticFailure {
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      int hash = digits.indexOf('#');
      if (hash > 0) {
        return Long.parseLong(
            digits.substring(hash + 1), Integer.parseInt(digits.substring(0, hash)));
      }
      return digits.length() > 1 && digits.startsWith("0")
          ? Long.parseLong(digits, 8)
          : Long.parseLong(digits);
    } catch (NumberFormatException _) {
      throw syntax();
    }
  }

  private String name() {
    int start = at;
    while (at < text.length() && Parser.isNameChar(text.charAt(at), at == start)) {
      at++;
    }
    return text.substring(start, at);
  }

  private long variable(String name) throws ArithmeticFailure {
    String value = read.apply(name).strip();
    if (value.isEmpty()) {
      return 0;
    }
    if (++depth > DEPTH_MAX) {
      throw new ArithmeticFailure("expression recursion loop detected");
    }
    var nested = new Arithmetic(value, read, write);
    nested.depth = depth;
    long result = nested.value();
    depth--;
    return result;
  }

  private static long bool(boolean value) {
    return value ? 1 : 0;
  }

  private static long apply(String operator, long a, long b) throws ArithmeticFailure {
    if ((operator.equals("/") || operator.equals("%")) && b == 0) {
      throw new ArithmeticFailure("divide by zero");
    }
    return switch (operator) {
      case "||" -> bool(a != 0 || b != 0);
      case "&&" -> bool(a != 0 && b != 0);
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "&" -> a & b;
      case "==" -> bool(a == b);
      case "!=" -> bool(a != b);
      case "<=" -> bool(a <= b);
      case ">=" -> bool(a >= b);
      case "<" -> bool(a < b);
      case ">" -> bool(a > b);
      case "<<" -> a << b;
      case ">>" -> a >> b;
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      default -> a % b;
    };
  }

  private boolean take(String token) {
    blanks();
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
