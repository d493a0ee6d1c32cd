package dev.drydock.cluster.apimachinery.cel;

import com.google.common.base.Throwables;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.exceptions.CelBadFormatException;
import dev.cel.common.exceptions.CelDivideByZeroException;
import dev.cel.common.exceptions.CelIndexOutOfBoundsException;
import dev.cel.common.exceptions.CelOverloadNotFoundException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is wrong with an expression, in the words of cel-go, which API servers speak.
public final class CelErrors {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "mismatched input|extraneous input|no viable alternative|token recognition error"
              + "|missing ");
  private static final Pattern MISSING_KEY = Pattern.compile("key '(.*)' is not present in map.*");
  private static final Pattern NUMBER = Pattern.compile("For input string: (\".*\").*");
  private static final Pattern NAME = Pattern.compile("\\G\\s*\\.\\s*\\??\\s*([A-Za-z_]\\w*)");

  private CelErrors() {}

  /// Why an expression does not compile, with the place.
  public static String ofCompilation(CelValidationResult result, String expression) {
    return result.getErrors().stream()
        .map(issue -> issue(issue, expression))
        .collect(Collectors.joining("\n"));
  }

  private static String issue(CelIssue issue, String expression) {
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn() + 1;
    String message = words(issue.getMessage());
    String[] lines = expression.split("\n", -1);
    String source = line >= 1 && line <= lines.length ? lines[line - 1] : "";
    if (message.startsWith("undeclared reference to 'variables'")) {
      Matcher name = NAME.matcher(source);
      int end = column - 1 + "variables".length();
      if (end <= source.length() && name.find(end)) {
        message = "undefined field '" + name.group(1) + "'";
        column = end + 1;
      }
    }
    return "ERROR: <input>:%d:%d: %s\n | %s\n | %s^"
        .formatted(line, column, message, source, ".".repeat(Math.max(0, column - 1)));
  }

  private static String words(String message) {
    if (SYNTAX.matcher(message).lookingAt()) {
      return "Syntax error: " + message;
    }
    int candidates = message.indexOf(" (candidates: ");
    return candidates < 0 ? message : message.substring(0, candidates);
  }

  /// Why an expression could not be evaluated.
  public static String ofEvaluation(Exception failure) {
    for (Throwable cause : Throwables.getCausalChain(failure)) {
      String known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
    }
    Throwable root = Throwables.getRootCause(failure);
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.replaceFirst("^evaluation error at <input>:\\d+: ", "");
  }

  private static String known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case CelBudget.ExceededException _ -> message;
      case CelAttributeNotFoundException _ -> {
        Matcher key = MISSING_KEY.matcher(message);
        yield key.matches() ? "no such key: " + key.group(1) : "no such overload";
      }
      case CelOverloadNotFoundException _ -> "no such overload";
      case CelIndexOutOfBoundsException _ -> message.toLowerCase(Locale.ROOT);
      case CelDivideByZeroException _ -> "division by zero";
      case CelBadFormatException _ -> {
        Matcher number = NUMBER.matcher(message.replaceFirst("^[\\w.]+Exception: ", ""));
        yield number.matches()
            ? "strconv.ParseInt: parsing " + number.group(1) + ": invalid syntax"
            : "";
      }
      default -> message.contains("Iteration budget exceeded") ? CelBudget.EXCEEDED : "";
    };
  }
}
