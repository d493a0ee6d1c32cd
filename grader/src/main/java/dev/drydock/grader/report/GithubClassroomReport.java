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

/// The result that GitHub Classroom's autograding reporter reads (it expects this text in base64 as
/// a runner's output): version, status, points, and a test for each check.
public final class GithubClassroomReport implements ReportFormat {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  @Override
  public void write(ImmutableList<Report> reports, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("version", 1);
      json.writeStringField("status", status(reports));
      json.writeNumberField("max_score", reports.stream().mapToInt(Report::pointsMax).sum());
      json.writeArrayFieldStart("tests");
      for (Report report : reports) {
        for (CheckResult check : report.checks()) {
          test(json, check);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static String status(ImmutableList<Report> reports) {
    if (reports.stream().anyMatch(report -> report.outcome() == Report.Outcome.ERRORED)) {
      return "error";
    }
    return reports.stream().allMatch(Report::passed) ? "pass" : "fail";
  }

  private static void test(JsonGenerator json, CheckResult check) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", check.title());
    json.writeNumberField("score", check.earned());
    switch (check.verdict()) {
      case Verdict.Passed _ -> json.writeStringField("status", "pass");
      case Verdict.Failed failed -> {
        json.writeStringField("status", "fail");
        json.writeStringField("message", Words.plain(failed));
      }
      case Verdict.Skipped(String reason) -> {
        json.writeStringField("status", "fail");
        json.writeStringField("message", reason);
      }
      case Verdict.Errored(String message) -> {
        json.writeStringField("status", "error");
        json.writeStringField("message", message);
      }
    }
    json.writeEndObject();
  }
}
