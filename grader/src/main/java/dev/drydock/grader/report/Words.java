package dev.drydock.grader.report;

import dev.drydock.grader.Verdict;
import dev.drydock.grader.submission.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The details of a failed check as labelled lines, for reports that carry plain text.
final class Words {
  private Words() {}

  /// A label and its text.
  record Line(String label, String text) {
    static final String COMMAND = "try";

    /// A command is copied as a whole, so it must not be broken.
    boolean mayWrap() {
      return !label.equals(COMMAND);
    }
  }

  static List<Line> details(Verdict.Failed failed) {
    List<Line> lines = new ArrayList<>();
    add(lines, "expected", failed.expected());
    add(lines, "found", found(failed));
    add(lines, "where", failed.actual() == null ? where(failed.location()) : null);
    failed.events().forEach(event -> add(lines, "event", event));
    add(lines, "why", failed.why());
    add(lines, "hint", failed.hint());
    add(lines, Line.COMMAND, failed.next());
    return lines;
  }

  private static @Nullable String found(Verdict.Failed failed) {
    String where = where(failed.location());
    String actual = failed.actual();
    return actual == null || where.isEmpty() ? actual : actual + " (" + where + ")";
  }

  private static String where(@Nullable SourceLocation location) {
    return location == null ? "" : location.toString();
  }

  private static void add(List<Line> lines, String label, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      lines.add(new Line(label, text));
    }
  }

  /// All of it in one text, a line each.
  static String plain(Verdict.Failed failed) {
    StringBuilder text = new StringBuilder(failed.message());
    for (Line line : details(failed)) {
      text.append('\n').append(line.label()).append(": ").append(line.text());
    }
    return text.toString();
  }
}
