package dev.drydock.grader.report;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reports for a person at a terminal: what passed in a line each, what failed with what was
/// expected, what was found, why it matters and what to try.
public final class TextReport implements ReportFormat {
  private final Style style;
  private final int columns;

  /// @param columns the width to wrap at
  public TextReport(boolean colour, int columns) {
    this.style = colour ? Style.ANSI : Style.PLAIN;
    this.columns = Math.clamp(columns, 40, 100);
  }

  /// How parts are set off, always beside a mark or a word that says the same.
  private record Style(String good, String bad, String quiet, String strong, String end) {
    static final Style PLAIN = new Style("", "", "", "", "");
    static final Style ANSI =
        new Style("\u001B[32m", "\u001B[31m", "\u001B[2m", "\u001B[1m", "\u001B[0m");
  }

  @Override
  public void write(ImmutableList<Report> reports, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (Report report : reports) {
      writer.write(text(report));
    }
    writer.flush();
  }

  /// The report of one submission.
  public String text(Report report) {
    StringBuilder text = new StringBuilder();
    text.append('\n').append(style.strong()).append(report.title()).append(style.end());
    text.append(style.quiet()).append("  ").append(report.exercise()).append(style.end());
    text.append('\n');
    text.append(style.quiet()).append(safe(report.submission())).append(style.end()).append("\n\n");
    for (CheckResult check : report.checks()) {
      check(text, check);
    }
    return text.toString().stripTrailing() + "\n\n" + summary(report) + "\n";
  }

  private void check(StringBuilder text, CheckResult check) {
    switch (check.verdict()) {
      case Verdict.Passed _ -> line(text, style.good(), "✓", check);
      case Verdict.Skipped _ -> line(text, style.quiet(), "·", check);
      case Verdict.Errored(String message) -> {
        line(text, style.bad(), "!", check);
        paragraph(text, "", "This check broke, which is not your fault: " + message, columns);
      }
      case Verdict.Failed failed -> {
        line(text, style.bad(), "✗", check);
        paragraph(text, "", failed.message(), columns);
        for (Words.Line line : Words.details(failed)) {
          int width = line.mayWrap() ? columns : Integer.MAX_VALUE;
          paragraph(text, line.label(), line.text(), width);
        }
        text.append('\n');
      }
    }
  }

  private void line(StringBuilder text, String colour, String mark, CheckResult check) {
    text.append("  ").append(colour).append(mark).append(style.end()).append(' ');
    text.append(check.title());
    if (check.points() > 0) {
      String points = "%d/%d".formatted(check.earned(), check.points());
      int used = 4 + check.title().length() + points.length();
      text.append(" ".repeat(Math.max(2, columns - used)));
      text.append(style.quiet()).append(points).append(style.end());
    }
    text.append('\n');
  }

  /// A label and its text, wrapped and hanging below each other.
  private void paragraph(StringBuilder text, String label, String content, int width) {
    int indent = label.isEmpty() ? 4 : 15;
    String first =
        label.isEmpty()
            ? "    "
            : "    " + style.quiet() + String.format("%-11s", label) + style.end();
    String prefix = first;
    for (String line : safe(content).split("\n", -1)) {
      for (String part : Wrap.at(line, width - indent)) {
        text.append(prefix).append(part).append('\n');
        prefix = " ".repeat(indent);
      }
    }
  }

  private String summary(Report report) {
    String points = "%d of %d points".formatted(report.points(), report.pointsMax());
    String seconds = "%d s of cluster time".formatted(report.clusterTime().toSeconds());
    return switch (report.outcome()) {
      case PASSED -> "%sPassed%s: %s, %s.".formatted(style.good(), style.end(), points, seconds);
      case FAILED -> "%sNot yet%s: %s, %s.".formatted(style.bad(), style.end(), points, seconds);
      case ERRORED ->
          "%sNot judged%s: a check broke, so %s is not the last word."
              .formatted(style.bad(), style.end(), points);
      case UNREADABLE -> "%sNot readable%s: %s.".formatted(style.bad(), style.end(), points);
    };
  }

  /// A learner's text must not steer the reader's terminal.
  private static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || !Character.isISOControl(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format(Locale.ROOT, "\\x%02x", c));
              }
            });
    return safe.toString();
  }
}
