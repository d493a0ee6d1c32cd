package dev.drydock.grader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.submission.ManifestParser;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmissionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraderTest {
  private static final String RIGHT =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kuard
      spec:
        containers:
          - name: kuard
            image: gcr.io/kuar-demo/kuard-amd64:blue
            ports:
              - name: http
                containerPort: 8080
      """;

  private final Grader grader = new Grader();
  private final FakeCluster cluster = new FakeCluster();
  private Exercise exercise;

  @BeforeEach
  void readExercise() throws Exception {
    exercise = Exercises.firstPod();
  }

  private Report grade(String manifests) throws SubmissionException {
    return grader.grade(exercise, files(manifests), cluster);
  }

  private static Submission files(String manifests) throws SubmissionException {
    return Submission.files(
        "alice", ManifestParser.parse("pod.yaml", manifests.getBytes(StandardCharsets.UTF_8)));
  }

  private static Verdict.Failed failed(Report report, String check) {
    assertThat(report.find(check).orElseThrow().verdict()).isInstanceOf(Verdict.Failed.class);
    return (Verdict.Failed) report.find(check).orElseThrow().verdict();
  }

  @Test
  void letsClusterTimePassUntilEveryCheckPasses() throws Exception {
    Report report = grade(RIGHT);

    assertThat(report.outcome()).isEqualTo(Report.Outcome.PASSED);
    assertThat(report.points()).isEqualTo(10);
    assertThat(report.clusterTime()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void stopsWhenTheTimeToSettleIsOver() throws Exception {
    Report report = grade(RIGHT.replace(":blue", ":green"));

    assertThat(report.clusterTime()).isEqualTo(exercise.checks().settle());
    assertThat(report.outcome()).isEqualTo(Report.Outcome.FAILED);
    assertThat(report.points()).isEqualTo(8);
  }

  @Test
  void saysExpectedAndActualWithTheLineInTheLearnersFile() throws Exception {
    Verdict.Failed image = failed(grade(RIGHT.replace(":blue", ":green")), "image");

    assertThat(image.expected()).isEqualTo("gcr.io/kuar-demo/kuard-amd64:blue");
    assertThat(image.actual()).isEqualTo("gcr.io/kuar-demo/kuard-amd64:green");
    assertThat(image.path()).isEqualTo("spec.containers[name=kuard].image");
    assertThat(image.location()).hasToString("pod.yaml:8");
    assertThat(image.why()).isNotBlank();
    assertThat(image.next()).startsWith("kubectl ");
  }

  @Test
  void countsContainersByNameAndNotByPosition() throws Exception {
    String two =
        RIGHT.replace(
            "    - name: kuard\n", "    - {name: first, image: 'a:blue'}\n    - name: kuard\n");
    Report report = grade(two);

    assertThat(report.find("image").orElseThrow().passed()).isTrue();
    assertThat(failed(report, "alone").actual()).isEqualTo("kuard and first");
  }

  @Test
  void skipsWhatComesAfterAFailedCheck() throws Exception {
    Report report = grade(RIGHT.replace("name: kuard\nspec", "name: kuart\nspec"));

    Verdict.Failed exists = failed(report, "pod-exists");
    assertThat(exists.message()).isEqualTo("There is no Pod kuard in namespace default.");
    assertThat(exists.actual()).isEqualTo("Pod kuart");
    assertThat(exists.location()).hasToString("pod.yaml:4");
    assertThat(report.find("image").orElseThrow().verdict()).isInstanceOf(Verdict.Skipped.class);
  }

  @Test
  void saysInWhichOtherNamespaceTheObjectIs() throws Exception {
    Report report =
        grade(RIGHT.replace("name: kuard\nspec", "name: kuard\n  namespace: kube-public\nspec"));

    assertThat(failed(report, "pod-exists").actual())
        .isEqualTo("a Pod kuard in namespace kube-public");
    assertThat(failed(report, "pod-exists").location()).hasToString("pod.yaml:5");
  }

  @Test
  void failsInTheApiServersWordsWhenItRefusesAManifest() throws Exception {
    Report report = grade(RIGHT.replace("image:", "imag:"));

    Verdict.Failed accepted = failed(report, "accepted");
    assertThat(accepted.message())
        .isEqualTo(
            "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown"
                + " field \"spec.containers[0].imag\"");
    assertThat(accepted.location()).hasToString("pod.yaml:8");
    assertThat(report.outcome()).isEqualTo(Report.Outcome.FAILED);
  }

  @Test
  void neverBlamesTheLearnerForABrokenCluster() throws Exception {
    cluster.broken = true;
    Report report =
        grader.grade(exercise, Submission.live("alice", files(RIGHT).documents()), cluster);

    assertThat(report.outcome()).isEqualTo(Report.Outcome.ERRORED);
    assertThat(report.checks().getFirst().verdict()).isInstanceOf(Verdict.Errored.class);
  }

  @Test
  void judgesALiveClusterWithoutApplyingTheFiles() throws Exception {
    Report report =
        grader.grade(exercise, Submission.live("alice", files(RIGHT).documents()), cluster);

    assertThat(report.find("accepted")).isEmpty();
    assertThat(cluster.requests).noneMatch(request -> request.method().equals("POST"));
    assertThat(report.points()).isZero();
  }

  @Test
  void givesNoPointsToWhatCannotBeRead() {
    Report report =
        Grader.unreadable(exercise, "alice", new SubmissionException("It is empty.", "Write it."));

    assertThat(report.outcome()).isEqualTo(Report.Outcome.UNREADABLE);
    assertThat(report.points()).isZero();
    assertThat(report.checks()).hasSize(exercise.checks().checks().size() + 1);
  }
}
