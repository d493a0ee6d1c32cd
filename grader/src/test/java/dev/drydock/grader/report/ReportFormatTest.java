package dev.drydock.grader.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import dev.drydock.grader.exercise.ExerciseId;
import dev.drydock.grader.submission.SourceLocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportFormatTest {
  private static final Report REPORT =
      Report.of(
          new ExerciseId("pods/first-pod"),
          "Run your first Pod",
          "alice/<pod> & \"co\"",
          10,
          ImmutableList.of(
              new CheckResult("exists", "There is a Pod", 4, new Verdict.Passed()),
              new CheckResult(
                  "image",
                  "It runs the image",
                  4,
                  new Verdict.Failed(
                      "Another image.",
                      "blue",
                      "green \u001B[31m\u0000<tag>",
                      "spec.containers[name=kuard].image",
                      new SourceLocation("pod.yaml", 8, 7),
                      "The tag chooses one build among many under the same name, and another tag is another program altogether.",
                      "kubectl get pods",
                      "Look at the tag.",
                      ImmutableList.of("Failed: no such image"))),
              new CheckResult("ready", "It is ready", 1, new Verdict.Skipped("Later.")),
              new CheckResult("odd", "It is odd", 1, new Verdict.Errored("no such key"))),
          Duration.ofSeconds(3));

  private static String write(ReportFormat format, Report... reports) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(ImmutableList.copyOf(reports), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode json(ReportFormat format, Report... reports) throws Exception {
    return new ObjectMapper().readTree(write(format, reports));
  }

  @Test
  void textTellsAPersonWhatToDoNext() throws Exception {
    assertThat(write(new TextReport(false, 80), REPORT))
        .isEqualTo(
            """

            Run your first Pod  pods/first-pod
            alice/<pod> & "co"

              ✓ There is a Pod                                                           4/4
              ✗ It runs the image                                                        0/4
                Another image.
                expected   blue
                found      green \\x1b[31m\\x00<tag> (pod.yaml:8)
                event      Failed: no such image
                why        The tag chooses one build among many under the same name, and
                           another tag is another program altogether.
                hint       Look at the tag.
                try        kubectl get pods

              · It is ready                                                              0/1
              ! It is odd                                                                0/1
                This check broke, which is not your fault: no such key

            Not judged: a check broke, so 4 of 10 points is not the last word.
            """);
  }

  @Test
  void textHasColourOnlyWhenAsked() throws Exception {
    assertThat(write(new TextReport(true, 80), REPORT)).contains("\u001B[32m✓\u001B[0m");
    assertThat(write(new TextReport(false, 80), REPORT)).doesNotContain("\u001B");
  }

  @Test
  void jsonHoldsEverythingAboutAFailure() throws Exception {
    JsonNode report = json(new JsonReport(), REPORT);

    assertThat(report.get("outcome").asText()).isEqualTo("errored");
    assertThat(report.get("points").asInt()).isEqualTo(4);
    assertThat(report.get("pointsMax").asInt()).isEqualTo(10);
    JsonNode image = report.get("checks").get(1);
    assertThat(image.get("verdict").asText()).isEqualTo("failed");
    assertThat(image.get("actual").asText()).startsWith("green \u001B");
    assertThat(image.get("file").asText()).isEqualTo("pod.yaml");
    assertThat(image.get("line").asInt()).isEqualTo(8);
    assertThat(image.get("next").asText()).isEqualTo("kubectl get pods");
    assertThat(report.get("checks").get(0).has("message")).isFalse();
  }

  @Test
  void jsonOfManySubmissionsIsAList() throws Exception {
    assertThat(json(new JsonReport(), REPORT, REPORT).get("submissions")).hasSize(2);
  }

  @Test
  void junitXmlCountsEveryVerdictAndSurvivesHostileText() throws Exception {
    byte[] xml = write(new JunitXmlReport(), REPORT).getBytes(StandardCharsets.UTF_8);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));

    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    Element failure = (Element) document.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("Another image.");
    assertThat(failure.getTextContent()).contains("<tag>", "found: green").doesNotContain("\u001B");
  }

  @Test
  void gradescopeHasAScoreForEachTest() throws Exception {
    JsonNode results = json(new GradescopeReport(), REPORT);

    assertThat(results.get("score").asInt()).isEqualTo(4);
    assertThat(results.get("tests").get(1).get("max_score").asInt()).isEqualTo(4);
    assertThat(results.get("tests").get(1).get("status").asText()).isEqualTo("failed");
    assertThat(results.get("tests").get(1).get("output").asText()).contains("expected: blue");
  }

  @Test
  void githubClassroomHasAStatusForEachTest() throws Exception {
    JsonNode result = json(new GithubClassroomReport(), REPORT);

    assertThat(result.get("version").asInt()).isEqualTo(1);
    assertThat(result.get("status").asText()).isEqualTo("error");
    assertThat(result.get("max_score").asInt()).isEqualTo(10);
    assertThat(result.get("tests").get(0).get("status").asText()).isEqualTo("pass");
  }
}
