package dev.drydock.grader.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.common.collect.ImmutableList;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import java.io.IOException;
import java.io.OutputStream;

/// The `results.json` that Gradescope reads from an autograder. It holds one submission; of
/// several, the tests follow one another under their names.
public final class GradescopeReport implements ReportFormat {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  @Override
  public void write(ImmutableList<Report> reports, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("score", reports.stream().mapToInt(Report::points).sum());
      json.writeStringField("visibility", "visible");
      json.writeArrayFieldStart("tests");
      for (Report report : reports) {
        for (CheckResult check : report.checks()) {
          test(json, report, check, reports.size() > 1);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void test(JsonGenerator json, Report report, CheckResult check, boolean many)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("score", check.earned());
    json.writeNumberField("max_score", check.points());
    json.writeStringField("status", check.passed() ? "passed" : "failed");
    json.writeStringField(
        "name", many ? report.submission() + ": " + check.title() : check.title());
    json.writeStringField("output", output(check.verdict()));
    json.writeArrayFieldStart("tags");
    json.writeString(report.exercise().chapter());
    json.writeString(check.verdict().word());
    json.writeEndArray();
    json.writeStringField("visibility", "visible");
    json.writeEndObject();
  }

  private static String output(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed _ -> "";
      case Verdict.Failed failed -> Words.plain(failed);
      case Verdict.Errored(String message) ->
          "This check broke, which is not your fault: " + message;
      case Verdict.Skipped(String reason) -> reason;
    };
  }
}
