package dev.drydock.cluster.apimachinery.labels;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.labels.Selector.Operator;
import dev.drydock.cluster.apimachinery.labels.Selector.Requirement;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.ArrayList;
import java.util.List;

/// Reads selectors as `kubectl -l` writes them: `app=web,tier in (a,b),!debug`.
///
/// Models labels.Parse: the same tokens, the same messages.
public final class SelectorParser {
  private static final String SPECIAL = "!=,()<>";

  private final List<String> tokens;
  private int next;

  private SelectorParser(List<String> tokens) {
    this.tokens = tokens;
  }

  /// A selector that is not one, in upstream's words.
  public static final class SelectorException extends Exception {
    SelectorException(String message) {
      super(message);
    }
  }

  public static Selector parse(String text) throws SelectorException {
    SelectorParser parser = new SelectorParser(tokens(text));
    ImmutableList.Builder<Requirement> requirements = ImmutableList.builder();
    if (parser.peek().isEmpty()) {
      return Selector.EVERYTHING;
    }
    while (true) {
      String token = parser.peek();
      if (!isIdentifier(token) && !token.equals("!")) {
        throw new SelectorException(
            "found '%s', expected: !, identifier, or 'end of string'".formatted(token));
      }
      requirements.add(parser.understood());
      String separator = parser.take();
      if (separator.isEmpty()) {
        return new Selector(requirements.build());
      }
      if (!separator.equals(",")) {
        throw new SelectorException(
            "found '%s', expected: ',' or 'end of string'".formatted(separator));
      }
      String following = parser.peek();
      if (!isIdentifier(following) && !following.equals("!")) {
        throw new SelectorException(
            "found '%s', expected: identifier after ','".formatted(following));
      }
    }
  }

  private Requirement understood() throws SelectorException {
    try {
      return requirement();
    } catch (SelectorException e) {
      throw new SelectorException("unable to parse requirement: " + e.getMessage());
    }
  }

  private Requirement requirement() throws SelectorException {
    boolean absent = peek().equals("!");
    if (absent) {
      take();
    }
    String key = take();
    if (!isIdentifier(key)) {
      throw new SelectorException("found '%s', expected: identifier".formatted(key));
    }
    List<String> wrong = Names.qualifiedName(key);
    if (!wrong.isEmpty()) {
      throw new SelectorException(
          "key: Invalid value: " + FieldErrors.quote(key) + ": " + String.join("; ", wrong));
    }
    if (absent) {
      return new Requirement(key, Operator.DOES_NOT_EXIST, ImmutableSet.of());
    }
    if (peek().isEmpty() || peek().equals(",")) {
      return new Requirement(key, Operator.EXISTS, ImmutableSet.of());
    }
    return comparison(key);
  }

  private Requirement comparison(String key) throws SelectorException {
    String operator = take();
    return switch (operator) {
      case "=", "==" -> new Requirement(key, Operator.IN, ImmutableSet.of(exactValue(key)));
      case "!=" -> new Requirement(key, Operator.NOT_IN, ImmutableSet.of(exactValue(key)));
      case "in" -> new Requirement(key, Operator.IN, values(key));
      case "notin" -> new Requirement(key, Operator.NOT_IN, values(key));
      case ">" -> new Requirement(key, Operator.GREATER_THAN, ImmutableSet.of(number()));
      case "<" -> new Requirement(key, Operator.LESS_THAN, ImmutableSet.of(number()));
      default ->
          throw new SelectorException(
              "found '%s', expected: in, notin, =, ==, !=, gt, lt".formatted(operator));
    };
  }

  private String exactValue(String key) throws SelectorException {
    if (peek().isEmpty() || peek().equals(",")) {
      return "";
    }
    return checked(key, take());
  }

  private String number() throws SelectorException {
    String value = take();
    try {
      return Long.toString(Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw new SelectorException(
          "values[0]: Invalid value: "
              + FieldErrors.quote(value)
              + ": for 'Gt', 'Lt' operators, the value must be an integer");
    }
  }

  private ImmutableSet<String> values(String key) throws SelectorException {
    String open = take();
    if (!open.equals("(")) {
      throw new SelectorException("found '%s' expected: '('".formatted(open));
    }
    ImmutableSet.Builder<String> values = ImmutableSet.builder();
    while (true) {
      String token = take();
      if (isIdentifier(token)) {
        values.add(checked(key, token));
        token = take();
      } else {
        values.add("");
      }
      if (token.equals(")")) {
        return values.build();
      }
      if (!token.equals(",")) {
        throw new SelectorException("found '%s', expected: ',' or ')'".formatted(token));
      }
    }
  }

  private static String checked(String key, String value) throws SelectorException {
    if (!isIdentifier(value)) {
      throw new SelectorException("found '%s', expected: identifier".formatted(value));
    }
    List<String> wrong = Names.labelValue(value);
    if (!wrong.isEmpty()) {
      throw new SelectorException(
          "values[0][%s]: Invalid value: %s: %s"
              .formatted(key, FieldErrors.quote(value), String.join("; ", wrong)));
    }
    return value;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static boolean isIdentifier(String token) {
    return !token.isEmpty() && SPECIAL.indexOf(token.charAt(0)) < 0;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      if (SPECIAL.indexOf(c) < 0) {
        while (end < text.length()
            && SPECIAL.indexOf(text.charAt(end)) < 0
            && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
      } else if ((c == '=' || c == '!') && end < text.length() && text.charAt(end) == '=') {
        end++;
      }
      tokens.add(text.substring(at, end));
      at = end;
    }
    return tokens;
  }
}
