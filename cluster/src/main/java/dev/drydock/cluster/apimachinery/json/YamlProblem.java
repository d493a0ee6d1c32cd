package dev.drydock.cluster.apimachinery.json;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Says what is wrong with a YAML text in a sentence that a learner can act on.
final class YamlProblem {
  private YamlProblem() {}

  static JsonSyntaxException at(Optional<Mark> mark, String sentence) {
    int line = mark.map(m -> m.getLine() + 1).orElse(0);
    int column = mark.map(m -> m.getColumn() + 1).orElse(0);
    String place = line == 0 ? "" : "line " + line + ", column " + column + ": ";
    return new JsonSyntaxException(place + sentence, line, column);
  }

  static JsonSyntaxException of(YamlEngineException problem, String text) {
    return switch (problem) {
      case MarkedYamlEngineException marked -> at(place(marked), sentence(marked));
      case ReaderException reader -> unprintable(reader, text);
      default -> at(Optional.empty(), "this is not YAML: " + firstLine(problem.getMessage()) + ".");
    };
  }

  private static Optional<Mark> place(MarkedYamlEngineException problem) {
    return problem.getProblemMark().or(problem::getContextMark);
  }

  private static JsonSyntaxException unprintable(ReaderException problem, String text) {
    int at = text.indexOf(problem.getCodePoint());
    String before = at < 0 ? "" : text.substring(0, at);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    return new JsonSyntaxException(
        "line %d, column %d: the character U+%04X is not allowed in YAML; remove it, or write it as an escape in double quotes."
            .formatted(line, column, problem.getCodePoint()),
        line,
        column);
  }

  private static String sentence(MarkedYamlEngineException problem) {
    String what = firstLine(problem.getProblem());
    String context = String.valueOf(problem.getContext());
    if (what.contains("\\t") || what.contains("TAB")) {
      return "a tab stands where only spaces may indent; replace it by spaces.";
    }
    if (what.startsWith("mapping values are not allowed")) {
      return "a second ':' stands in one line, or the line is indented too far; put the value in"
          + " quotes, or align the line with its neighbours.";
    }
    if (what.startsWith("sequence entries are not allowed")) {
      return "a list item ('-') cannot start here; put the list on lines of its own below its"
          + " field.";
    }
    if (what.startsWith("could not find expected ':'")) {
      return "a field name must be followed by a colon and a space; check this line and the one"
          + " before.";
    }
    if (what.startsWith("expected <block end>")) {
      return "this line is not aligned with the lines it belongs to; give the fields of one object"
          + " the same indentation.";
    }
    if (context.contains("flow sequence")) {
      return "a list opened with '[' is not closed; add a ',' or a ']'.";
    }
    if (context.contains("flow mapping")) {
      return "an object opened with '{' is not closed; add a ',' or a '}'.";
    }
    if (context.contains("quoted scalar") && what.contains("end of stream")) {
      return "a quoted text is not closed; add the missing quote.";
    }
    if (what.contains("escape")) {
      return "an escape in double quotes is not one that YAML knows; double the backslash, or use"
          + " single quotes.";
    }
    if (what.contains("cannot start any token")) {
      return "a value cannot start with this character; put the value in quotes.";
    }
    if (what.contains("undefined alias")) {
      return "this alias (*) names an anchor (&) that is not defined before it.";
    }
    return "this is not YAML: " + what + "; check the punctuation and the indentation here.";
  }

  private static String firstLine(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
