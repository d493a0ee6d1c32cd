package dev.drydock.cluster.os.applets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts an awk program into tokens.
final class AwkLexer {
  /// @param kind `n` number, `s` string, `r` regular expression, `w` name, `f` name called as a
  ///   function of the program, `k` keyword, `o` operator, `;` end of a statement, `e` end
  record Token(char kind, String text) {}

  private static final Set<String> KEYWORDS =
      Set.of(
          "BEGIN",
          "END",
          "function",
          "func",
          "if",
          "else",
          "while",
          "for",
          "do",
          "break",
          "continue",
          "next",
          "exit",
          "return",
          "delete",
          "in",
          "getline",
          "print",
          "printf");
  private static final List<String> OPERATORS =
      List.of(
          "**=", "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=",
          ">>", "**", "+", "-", "*", "/", "%", "^", "<", ">", "!", "~", "?", ":", "=", "(", ")",
          "{", "}", "[", "]", ",", "$", "|");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private AwkLexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) throws UsageException {
    var lexer = new AwkLexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private void add(char kind, String value) {
    tokens.add(new Token(kind, value));
  }

  private void run() throws UsageException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (text.startsWith("\\\n", at)) {
        at += 2;
      } else if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == '\n' || c == ';') {
        at++;
        add(';', Character.toString(c));
      } else if (c == '"') {
        add('s', quoted('"'));
      } else if (c == '/' && regexMayStart()) {
        add('r', quoted('/'));
      } else if (Character.isDigit(c)
          || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
        number();
      } else if (Character.isLetter(c) || c == '_') {
        name();
      } else {
        operator();
      }
    }
    add('e', "");
  }

  private boolean regexMayStart() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token last = tokens.get(tokens.size() - 1);
    return switch (last.kind) {
      case 'n', 's', 'r', 'w' -> false;
      case 'o' ->
          !last.text.equals(")")
              && !last.text.equals("]")
              && !last.text.equals("$")
              && !last.text.equals("++")
              && !last.text.equals("--");
      default -> true;
    };
  }

  private String quoted(char end) throws UsageException {
    var out = new StringBuilder();
    boolean bracket = false;
    at++;
    while (at < text.length() && (text.charAt(at) != end || bracket)) {
      char c = text.charAt(at++);
      if (end == '/') {
        bracket = c == '[' || (bracket && c != ']');
      }
      if (c == '\n') {
        break;
      }
      if (c != '\\' || at >= text.length()) {
        out.append(c);
        continue;
      }
      char next = text.charAt(at++);
      if (end == '/') {
        out.append(next == '/' ? "/" : "\\" + next);
        continue;
      }
      switch (next) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case '\\', '"', '/' -> out.append(next);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int value = next - '0';
          for (int i = 0;
              i < 2 && at < text.length() && Character.digit(text.charAt(at), 8) >= 0;
              i++) {
            value = value * 8 + Character.digit(text.charAt(at++), 8);
          }
          out.append((char) (value & 0xff));
        }
        default -> out.append('\\').append(next);
      }
    }
    if (at >= text.length() || text.charAt(at) != end) {
      throw new UsageException("cmd. line:1: Unexpected end of string");
    }
    at++;
    return out.toString();
  }

  private void number() {
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (text.substring(at).matches("(?s)[eE][-+]?[0-9].*")) {
      at += 2;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    add('n', text.substring(start, at));
  }

  private void name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String word = text.substring(start, at);
    boolean called = at < text.length() && text.charAt(at) == '(';
    add(
        KEYWORDS.contains(word) ? 'k' : called || AwkBuiltins.NAMES.contains(word) ? 'f' : 'w',
        word);
  }

  private void operator() throws UsageException {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        add('o', operator.equals("**") ? "^" : operator.equals("**=") ? "^=" : operator);
        return;
      }
    }
    throw new UsageException("cmd. line:1: Unexpected token");
  }
}
