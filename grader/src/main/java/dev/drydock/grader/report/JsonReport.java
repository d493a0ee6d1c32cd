package dev.drydock.grader.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.common.collect.ImmutableList;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import dev.drydock.grader.submission.SourceLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reports as JSON: one object for one submission; for many an object with a list of them. Fields
/// that do not apply are left out.
public final class JsonReport implements ReportFormat {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  @Override
  public void write(ImmutableList<Report> reports, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      if (reports.size() == 1) {
        report(json, reports.getFirst());
      } else {
        json.writeStartObject();
        json.writeArrayFieldStart("submissions");
        for (Report report : reports) {
          report(json, report);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }

  private static void report(JsonGenerator json, Report report) throws IOException {
    json.writeStartObject();
    json.writeStringField("exercise", report.exercise().value());
    json.writeStringField("title", report.title());
    json.writeStringField("submission", report.submission());
    json.writeStringField("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("passed", report.passed());
    json.writeNumberField("points", report.points());
    json.writeNumberField("pointsMax", report.pointsMax());
    json.writeNumberField("clusterSeconds", report.clusterTime().toSeconds());
    json.writeArrayFieldStart("checks");
    for (CheckResult check : report.checks()) {
      check(json, check);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void check(JsonGenerator json, CheckResult check) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", check.id());
    json.writeStringField("title", check.title());
    json.writeStringField("verdict", check.verdict().word());
    json.writeNumberField("points", check.earned());
    json.writeNumberField("pointsMax", check.points());
    switch (check.verdict()) {
      case Verdict.Passed _ -> {}
      case Verdict.Errored(String message) -> json.writeStringField("message", message);
      case Verdict.Skipped(String reason) -> json.writeStringField("message", reason);
      case Verdict.Failed failed -> failed(json, failed);
    }
    json.writeEndObject();
  }

  private static void failed(JsonGenerator json, Verdict.Failed failed) throws IOException {
    json.writeStringField("message", failed.message());
    optional(json, "expected", failed.expected());
    optional(json, "actual", failed.actual());
    optional(json, "path", failed.path());
    SourceLocation location = failed.location();
    if (location != null) {
      json.writeStringField("file", location.file());
      json.writeNumberField("line", location.line());
      json.writeNumberField("column", location.column());
    }
    optional(json, "why", failed.why());
    optional(json, "next", failed.next());
    optional(json, "hint", failed.hint());
    if (!failed.events().isEmpty()) {
      json.writeArrayFieldStart("events");
      for (String event : failed.events()) {
        json.writeString(event);
      }
      json.writeEndArray();
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
