package dev.drydock.cluster.apimachinery.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Says what is wrong with text that is not JSON, in the words of Go's encoding/json.
///
/// Models the states of encoding/json's scanner.
final class GoSyntax {
  private static final String END = "unexpected end of JSON input";

  private final String text;
  private int at;

  private GoSyntax(String text) {
    this.text = text;
  }

  /// What is wrong ends the reading.
  private static final class Wrong extends Exception {
    Wrong(String message) {
      super(message);
    }
  }

  /// Empty for text that Go takes for JSON.
  static Optional<String> problem(byte[] utf8) {
    GoSyntax syntax = new GoSyntax(new String(utf8, StandardCharsets.UTF_8));
    try {
      syntax.value(0);
      syntax.skipSpace();
      if (syntax.at < syntax.text.length()) {
        throw syntax.invalid("after top-level value");
      }
      return Optional.empty();
    } catch (Wrong wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  private Wrong invalid(String context) {
    return at >= text.length()
        ? new Wrong(END)
        : new Wrong("invalid character " + quoted(text.codePointAt(at)) + " " + context);
  }

  private static String quoted(int c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\t' -> "'\\t'";
      case '\r' -> "'\\r'";
      default -> c < ' ' ? "'\\x%02x'".formatted(c) : "'" + Character.toString(c) + "'";
    };
  }

  private boolean ends() {
    return at >= text.length();
  }

  private char next() {
    return ends() ? '\0' : text.charAt(at);
  }

  private void skipSpace() {
    while (!ends() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void value(int depth) throws Wrong {
    skipSpace();
    if (depth > JsonParser.DEPTH_MAX) {
      throw new Wrong("exceeded max depth");
    }
    switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw invalid("looking for beginning of value");
    }
  }

  private void object(int depth) throws Wrong {
    at++;
    skipSpace();
    if (next() == '}') {
      at++;
      return;
    }
    while (true) {
      skipSpace();
      if (next() != '"') {
        throw invalid("looking for beginning of object key string");
      }
      string();
      skipSpace();
      if (next() != ':') {
        throw invalid("after object key");
      }
      at++;
      value(depth + 1);
      skipSpace();
      char after = next();
      if (after != '}' && after != ',') {
        throw invalid("after object key:value pair");
      }
      at++;
      if (after == '}') {
        return;
      }
    }
  }

  private void array(int depth) throws Wrong {
    at++;
    skipSpace();
    if (next() == ']') {
      at++;
      return;
    }
    while (true) {
      value(depth + 1);
      skipSpace();
      char after = next();
      if (after != ']' && after != ',') {
        throw invalid("after array element");
      }
      at++;
      if (after == ']') {
        return;
      }
    }
  }

  private void string() throws Wrong {
    at++;
    while (next() != '"') {
      if (next() < ' ') {
        throw invalid("in string literal");
      }
      if (next() == '\\') {
        at++;
        escape();
      } else {
        at++;
      }
    }
    at++;
  }

  private void escape() throws Wrong {
    if (ends() || "bfnrt\\/\"u".indexOf(next()) < 0) {
      throw invalid("in string escape code");
    }
    boolean unicode = next() == 'u';
    at++;
    for (int i = 0; unicode && i < 4; i++) {
      if (ends() || Character.digit(next(), 16) < 0) {
        throw invalid("in \\u hexadecimal character escape");
      }
      at++;
    }
  }

  private void literal(String word) throws Wrong {
    for (int i = 0; i < word.length(); i++) {
      if (next() != word.charAt(i)) {
        throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
      at++;
    }
  }

  private void number() throws Wrong {
    if (next() == '-') {
      at++;
      if (!isDigit()) {
        throw invalid("in numeric literal");
      }
    }
    if (next() == '0') {
      at++;
    } else {
      digits();
    }
    if (next() == '.') {
      at++;
      if (!isDigit()) {
        throw invalid("after decimal point in numeric literal");
      }
      digits();
    }
    if (next() == 'e' || next() == 'E') {
      at++;
      if (next() == '+' || next() == '-') {
        at++;
      }
      if (!isDigit()) {
        throw invalid("in exponent of numeric literal");
      }
      digits();
    }
  }

  private boolean isDigit() {
    return next() >= '0' && next() <= '9';
  }

  private void digits() {
    while (isDigit()) {
      at++;
    }
  }
}
