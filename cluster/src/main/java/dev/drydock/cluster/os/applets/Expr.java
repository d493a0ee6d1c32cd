package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import java.util.List;
import java.util.regex.Matcher;

/// `expr`. Models busybox coreutils/expr.c.
final class Expr {
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("|"),
          List.of("&"),
          List.of("=", "==", "!=", "<", "<=", ">", ">="),
          List.of("+", "-"),
          List.of("*", "/", "%"),
          List.of(":"));

  private final List<String> words;
  private int at;

  private Expr(List<String> words) {
    this.words = words;
  }

  static int run(Io io, ImmutableList<String> argv) {
    if (argv.size() < 2) {
      io.err("Usage: expr EXPRESSION");
      return 2;
    }
    try {
      var expr = new Expr(argv.subList(1, argv.size()));
      String value = expr.binary(0, 0);
      if (expr.at < expr.words.size()) {
        throw new UsageException("syntax error");
      }
      io.line(value);
      return value.isEmpty() || value.equals("0") ? 1 : 0;
    } catch (UsageException e) {
      io.err("expr: " + e.getMessage());
      return 2;
    }
  }

  private String binary(int level, int depth) throws UsageException {
    if (level == LEVELS.size()) {
      return primary(depth);
    }
    String left = binary(level + 1, depth);
    while (at < words.size() && LEVELS.get(level).contains(words.get(at))) {
      String operator = words.get(at++);
      left = apply(left, operator, binary(level + 1, depth));
    }
    return left;
  }

  private String primary(int depth) throws UsageException {
    if (at >= words.size() || depth > 64) {
      throw new UsageException("syntax error");
    }
    String word = words.get(at++);
    switch (word) {
      case "(" -> {
        String value = binary(0, depth + 1);
        if (at >= words.size() || !words.get(at++).equals(")")) {
          throw new UsageException("syntax error");
        }
        return value;
      }
      case "length" -> {
        return at < words.size() ? Integer.toString(primary(depth + 1).length()) : word;
      }
      case "substr" -> {
        String text = primary(depth + 1);
        long from = number(primary(depth + 1));
        long count = number(primary(depth + 1));
        int start = (int) Math.clamp(from - 1, 0, text.length());
        return from < 1 || count < 1
            ? ""
            : text.substring(start, (int) Math.min(text.length(), start + count));
      }
      case "match" -> {
        String text = primary(depth + 1);
        return apply(text, ":", primary(depth + 1));
      }
      default -> {
        return word;
      }
    }
  }

  private static long number(String text) throws UsageException {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new UsageException("non-numeric argument");
    }
    return Long.parseLong(text);
  }

  private static String apply(String left, String operator, String right) throws UsageException {
    boolean trueLeft = !left.isEmpty() && !left.equals("0");
    switch (operator) {
      case "|" -> {
        return trueLeft ? left : right.isEmpty() ? "0" : right;
      }
      case "&" -> {
        return trueLeft && !right.isEmpty() && !right.equals("0") ? left : "0";
      }
      case ":" -> {
        Matcher matcher = Regex.compile("^" + right, false, false).matcher(left);
        boolean found = matcher.find();
        if (matcher.groupCount() > 0) {
          String group = found ? matcher.group(1) : "";
          return group == null ? "" : group;
        }
        return Integer.toString(found ? matcher.end() : 0);
      }
      default -> {
        return compute(left, operator, right);
      }
    }
  }

  private static String compute(String left, String operator, String right) throws UsageException {
    if (LEVELS.get(2).contains(operator)) {
      boolean numbers = left.matches("-?[0-9]{1,18}") && right.matches("-?[0-9]{1,18}");
      int order =
          numbers
              ? Long.compare(Long.parseLong(left), Long.parseLong(right))
              : left.compareTo(right);
      boolean value =
          switch (operator) {
            case "=", "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
          };
      return value ? "1" : "0";
    }
    long a = number(left);
    long b = number(right);
    if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
      throw new UsageException("division by zero");
    }
    return Long.toString(
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          default -> a % b;
        });
  }
}
