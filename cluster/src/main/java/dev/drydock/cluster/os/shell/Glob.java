package dev.drydock.cluster.os.shell;

/// Shell patterns: `*`, `?`, `[...]` and backslash. Takes time in the product of the lengths at
/// most.
public final class Glob {
  private Glob() {}

  public static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int starPattern = -1;
    int starText = 0;
    while (t < text.length()) {
      int next =
          p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, text.charAt(t)) : -1;
      if (next >= 0) {
        p = next;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        starPattern = ++p;
        starText = t;
      } else if (starPattern >= 0) {
        p = starPattern;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /// Where the pattern goes on after matching the character; -1 if it does not match.
  private static int one(String pattern, int p, char c) {
    return switch (pattern.charAt(p)) {
      case '?' -> p + 1;
      case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == c ? p + 2 : -1;
      case '[' -> bracket(pattern, p, c);
      default -> pattern.charAt(p) == c ? p + 1 : -1;
    };
  }

  private static int bracket(String pattern, int start, char c) {
    int p = start + 1;
    boolean negated =
        p < pattern.length() && (pattern.charAt(p) == '!' || pattern.charAt(p) == '^');
    if (negated) {
      p++;
    }
    boolean found = false;
    int first = p;
    while (p < pattern.length() && (pattern.charAt(p) != ']' || p == first)) {
      if (pattern.startsWith("[:", p) && pattern.indexOf(":]", p) > 0) {
        int end = pattern.indexOf(":]", p);
        found |= inClass(pattern.substring(p + 2, end), c);
        p = end + 2;
        continue;
      }
      if (pattern.charAt(p) == '\\' && p + 1 < pattern.length()) {
        p++;
      }
      char low = pattern.charAt(p++);
      if (p + 1 < pattern.length() && pattern.charAt(p) == '-' && pattern.charAt(p + 1) != ']') {
        char high = pattern.charAt(p + 1);
        found |= c >= low && c <= high;
        p += 2;
      } else {
        found |= c == low;
      }
    }
    if (p >= pattern.length()) {
      return c == '[' ? start + 1 : -1;
    }
    return found != negated ? p + 1 : -1;
  }

  /// A POSIX character class of single bytes.
  public static boolean inClass(String name, char c) {
    return switch (name) {
      case "alpha" -> isAlpha(c);
      case "digit" -> isDigit(c);
      case "alnum" -> isAlpha(c) || isDigit(c);
      case "upper" -> c >= 'A' && c <= 'Z';
      case "lower" -> c >= 'a' && c <= 'z';
      case "space" -> c == ' ' || (c >= 9 && c <= 13);
      case "blank" -> c == ' ' || c == '\t';
      case "xdigit" -> Character.digit(c, 16) >= 0 && c < 128;
      case "punct" -> c > 32 && c < 127 && !isAlpha(c) && !isDigit(c);
      case "print" -> c >= 32 && c < 127;
      case "graph" -> c > 32 && c < 127;
      case "cntrl" -> c < 32 || c == 127;
      default -> false;
    };
  }

  private static boolean isAlpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || (c == '[' && text.indexOf(']', i) > 0)) {
        return true;
      }
    }
    return false;
  }

  /// The text as a pattern that matches only it.
  public static String escape(String text) {
    var out = new StringBuilder();
    for (char c : text.toCharArray()) {
      if ("*?[]\\".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /// The pattern with its backslashes taken away.
  public static String unescape(String pattern) {
    var out = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
        i++;
      }
      out.append(pattern.charAt(i));
    }
    return out.toString();
  }
}
