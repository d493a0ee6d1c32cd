package dev.drydock.cluster.apimachinery.schema.generate;

import com.google.common.base.Splitter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the comment of a Go field into the description that OpenAPI shows. Models
/// kube-openapi/pkg/generators (formatting of raw docs).
final class GoDoc {
  private static final Pattern WORD = Pattern.compile("\\S+");

  private GoDoc() {}

  /// A model's description has a space for every line break. Where the comment goes to a new line
  /// at the same word, two spaces were an empty line and more were a line that is indented.
  static String withLineBreaks(String text, String comment) {
    String model = unescaped(text);
    if (!model.contains("  ")) {
      return model;
    }
    StringBuilder out = new StringBuilder();
    Matcher word = WORD.matcher(model);
    String broken = unescaped(comment);
    Matcher same = WORD.matcher(broken);
    int end = 0;
    int sameEnd = 0;
    while (word.find()) {
      boolean inStep = same.find(sameEnd) && same.group().equals(word.group());
      String gap = model.substring(end, word.start());
      boolean isBreak = inStep && broken.substring(sameEnd, same.start()).contains("\n");
      out.append(isBreak ? breaks(gap) : gap).append(word.group());
      end = word.end();
      sameEnd = inStep ? same.end() : sameEnd;
    }
    return out.toString();
  }

  private static String breaks(String gap) {
    return switch (gap.length()) {
      case 0, 1 -> gap;
      case 2 -> "\n\n";
      default -> "\n" + gap.substring(1);
    };
  }

  static String description(String comment) {
    String text = unescaped(comment).split("---", 2)[0];
    StringBuilder out = new StringBuilder();
    for (String raw : Splitter.on('\n').split(text)) {
      String line = raw.stripTrailing();
      String stripped = line.stripLeading();
      if (line.isEmpty()) {
        dropLast(out);
        out.append("\n\n");
      } else if (!stripped.startsWith("TODO") && !stripped.startsWith("+")) {
        append(out, line);
      }
    }
    return out.toString().strip();
  }

  /// An indented line, such as one of an example, stays on a line of its own.
  private static void append(StringBuilder out, String line) {
    if (line.startsWith(" ") || line.startsWith("\t")) {
      dropLast(out);
      out.append('\n').append(line).append('\n');
    } else {
      out.append(line).append(' ');
    }
  }

  private static void dropLast(StringBuilder out) {
    if (!out.isEmpty()) {
      out.setLength(out.length() - 1);
    }
  }

  private static String unescaped(String javadoc) {
    return javadoc
        .replace("*_/", "*/")
        .replace("/_*", "/*")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#42;", "*")
        .replace("&#47;", "/")
        .replace("&#64;", "@")
        .replace("&#92;", "\\")
        .replace("&amp;", "&");
  }
}
