package dev.drydock.cluster.os.shell;

import dev.drydock.cluster.os.Sys;
import java.time.Instant;
import java.util.List;

/// Evaluates the arguments of `test` and `[`. Models busybox coreutils/test.c.
final class Test {
  static final class TestFailure extends Exception {
    TestFailure(String message) {
      super(message);
    }
  }

  private final Sys sys;
  private final List<String> words;
  private int at;

  private Test(Sys sys, List<String> words) {
    this.sys = sys;
    this.words = words;
  }

  static boolean evaluate(Sys sys, List<String> words) throws TestFailure {
    if (words.isEmpty()) {
      return false;
    }
    if (words.size() == 1) {
      return !words.get(0).isEmpty();
    }
    if (words.size() == 3 && isBinary(words.get(1))) {
      return new Test(sys, words).binary(words.get(0), words.get(1), words.get(2));
    }
    if (words.size() == 4 && words.get(0).equals("!")) {
      return !evaluate(sys, words.subList(1, 4));
    }
    var test = new Test(sys, words);
    boolean result = test.or(0);
    if (test.at < words.size()) {
      throw new TestFailure(words.get(test.at) + ": unknown operand");
    }
    return result;
  }

  private boolean or(int depth) throws TestFailure {
    boolean value = and(depth);
    while (at < words.size() && words.get(at).equals("-o")) {
      at++;
      boolean right = and(depth);
      value = value || right;
    }
    return value;
  }

  private boolean and(int depth) throws TestFailure {
    boolean value = not(depth);
    while (at < words.size() && words.get(at).equals("-a")) {
      at++;
      boolean right = not(depth);
      value = value && right;
    }
    return value;
  }

  private boolean not(int depth) throws TestFailure {
    if (at < words.size() && words.get(at).equals("!") && depth < 100) {
      at++;
      return !not(depth + 1);
    }
    return primary(depth);
  }

  private boolean primary(int depth) throws TestFailure {
    if (at >= words.size()) {
      throw new TestFailure("argument expected");
    }
    String word = words.get(at);
    if (at + 2 < words.size() && isBinary(words.get(at + 1))) {
      at += 3;
      return binary(word, words.get(at - 2), words.get(at - 1));
    }
    if (word.equals("(") && depth < 100) {
      at++;
      boolean value = or(depth + 1);
      if (at >= words.size() || !words.get(at).equals(")")) {
        throw new TestFailure("closing paren expected");
      }
      at++;
      return value;
    }
    if (word.matches("-[bcdefghkLnprstuwxzOGSNt]") && at + 1 < words.size()) {
      at += 2;
      return unary(word, words.get(at - 1));
    }
    at++;
    return !word.isEmpty();
  }

  private static boolean isBinary(String word) {
    return switch (word) {
      case "=",
          "==",
          "!=",
          "<",
          ">",
          "-eq",
          "-ne",
          "-lt",
          "-le",
          "-gt",
          "-ge",
          "-nt",
          "-ot",
          "-ef" ->
          true;
      default -> false;
    };
  }

  private boolean unary(String operator, String operand) throws TestFailure {
    Sys.Stat stat = sys.statOrNull(operand, !operator.matches("-[hL]"));
    return switch (operator) {
      case "-n" -> !operand.isEmpty();
      case "-z" -> operand.isEmpty();
      case "-t" -> sys.isTerminal((int) number(operand));
      case "-r" -> sys.access(operand, 4);
      case "-w" -> sys.access(operand, 2);
      case "-x" -> sys.access(operand, 1);
      case "-e" -> stat != null;
      case "-f" -> stat != null && stat.kind() == Sys.Kind.FILE;
      case "-d" -> stat != null && stat.isDirectory();
      case "-c" -> stat != null && stat.kind() == Sys.Kind.DEVICE;
      case "-h", "-L" -> stat != null && stat.kind() == Sys.Kind.LINK;
      case "-s" -> stat != null && stat.size() > 0;
      case "-u" -> stat != null && (stat.meta().mode() & 04000) != 0;
      case "-g" -> stat != null && (stat.meta().mode() & 02000) != 0;
      case "-k" -> stat != null && (stat.meta().mode() & 01000) != 0;
      case "-O" -> stat != null && stat.meta().uid() == sys.uid();
      case "-G" -> stat != null && stat.meta().gid() == sys.gid();
      default -> false;
    };
  }

  private boolean binary(String left, String operator, String right) throws TestFailure {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> left.compareTo(right) < 0;
      case ">" -> left.compareTo(right) > 0;
      case "-eq" -> number(left) == number(right);
      case "-ne" -> number(left) != number(right);
      case "-lt" -> number(left) < number(right);
      case "-le" -> number(left) <= number(right);
      case "-gt" -> number(left) > number(right);
      case "-ge" -> number(left) >= number(right);
      case "-nt" -> modified(left).isAfter(modified(right));
      case "-ot" -> modified(left).isBefore(modified(right));
      default -> same(left, right);
    };
  }

  private Instant modified(String path) {
    Sys.Stat stat = sys.statOrNull(path, true);
    return stat == null ? Instant.MIN : stat.meta().modified();
  }

  private boolean same(String left, String right) {
    Sys.Stat a = sys.statOrNull(left, true);
    Sys.Stat b = sys.statOrNull(right, true);
    return a != null
        && b != null
        && a.number() == b.number()
        && a.fileSystem().equals(b.fileSystem());
  }

  private static long number(String text) throws TestFailure {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException _) {
      throw new TestFailure(text + ": bad number");
    }
  }
}
