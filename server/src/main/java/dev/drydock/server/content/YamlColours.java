package dev.drydock.server.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// YAML with its keys, strings and comments marked for the style sheet. Line by line, which is
/// right for manifests and harmless elsewhere: a colour is the worst it can get wrong.
final class YamlColours {
  private static final Pattern LINE =
      Pattern.compile(
          "^(?<dashes>\\s*(?:- )*)(?<key>[^\\s:#'\"][^:#]*?)(?<colon>:)(?=\\s|$)(?<rest>.*)$");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

  private YamlColours() {}

  static String html(String yaml) {
    StringBuilder html = new StringBuilder();
    yaml.lines().forEach(line -> html.append(line(line)).append('\n'));
    return html.toString();
  }

  private static String line(String line) {
    Matcher comment = COMMENT.matcher(line);
    String before = comment.find() ? line.substring(0, comment.start()) : line;
    String after = line.substring(before.length());
    String note = after.isEmpty() ? "" : span("comment", after);
    Matcher field = LINE.matcher(before);
    if (!field.matches()) {
      return Html.escape(before) + note;
    }
    return Html.escape(field.group("dashes"))
        + span("key", field.group("key"))
        + ":"
        + value(field.group("rest"))
        + note;
  }

  private static String value(String rest) {
    return rest.strip().startsWith("\"") || rest.strip().startsWith("'")
        ? span("string", rest)
        : Html.escape(rest);
  }

  private static String span(String kind, String text) {
    return "<span class=\"yaml-" + kind + "\">" + Html.escape(text) + "</span>";
  }
}
