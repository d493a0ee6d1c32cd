package dev.drydock.grader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.grader.cel.CheckLanguage;
import dev.drydock.grader.cel.Expression;
import dev.drydock.grader.cel.Scope;
import dev.drydock.grader.evidence.ApiClient;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmissionReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedGradingTest {
  private final Grader grader = new Grader();
  private final EmbeddedClusters clusters = new EmbeddedClusters();
  private Exercise exercise;

  @BeforeEach
  void readExercise() throws Exception {
    exercise = Exercises.firstPod();
  }

  private Submission submission(String folder) throws Exception {
    return SubmissionReader.readExcept("alice", exercise.folder().resolve(folder), "expected.yaml");
  }

  private Report grade(String folder) throws Exception {
    try (Cluster cluster = clusters.create(exercise)) {
      return grader.grade(exercise, submission(folder), cluster);
    }
  }

  @Test
  void gradesTheSameSubmissionTheSameWayEveryTime() throws Exception {
    assertThat(grade("mistakes/misspelt-image")).isEqualTo(grade("mistakes/misspelt-image"));
    assertThat(grade("solutions/pod-among-others")).isEqualTo(grade("solutions/pod-among-others"));
  }

  @Test
  void explainsAPodThatDoesNotRunWithItsEvents() throws Exception {
    Report report = grade("mistakes/misspelt-image");

    Verdict.Failed running = (Verdict.Failed) report.find("running").orElseThrow().verdict();
    assertThat(running.actual()).startsWith("Pending; container kuard waits: ");
    assertThat(running.events()).anyMatch(event -> event.contains("kuard-amd46:blue"));
  }

  @Test
  void leavesTheLearnersClusterAloneWhenAForkIsGraded() throws Exception {
    try (EmbeddedCluster cluster = (EmbeddedCluster) clusters.create(exercise);
        EmbeddedCluster fork = cluster.fork()) {
      assertThat(grader.grade(exercise, submission("solutions/plain-manifest"), fork).passed())
          .isTrue();
      assertThat(cluster.request(ApiRequest.get("/api/v1/namespaces/default/pods/kuard")).status())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster.http('default', 'kuard', 8080, '/healthy').status == 200",
        "cluster.http('default', 'kuard', 8080, '/ready').body.startsWith('ok')",
        "cluster.exec('default', 'kuard', 'kuard', ['echo', 'hi']).stdout == 'hi\\n'",
        "cluster.exec('default', 'kuard', '', ['false']).exitCode == 1",
        "cluster.logs('default', 'kuard', 'kuard').contains('Starting kuard')",
        "cluster.events(cluster.pod('default', 'kuard')).exists(e, e.reason == 'Started')",
        "cluster.list('v1', 'Pod', 'default').map(p, p.metadata.name) == ['kuard']",
        "cluster.get('v1', 'Node', '', 'kuar-control-plane').condition('Ready').hasValue()",
        "cluster.pod('default', 'kuard').container('kuard').port('http').?protocol.value() == 'TCP'",
        "cidr('10.244.0.0/16').containsIP(cluster.pod('default', 'kuard').?status.?podIP.value())",
        "size(audit) == 0",
      })
  void findsEvidenceInALivingCluster(String expression) throws Exception {
    try (Cluster cluster = clusters.create(exercise)) {
      grader.grade(exercise, submission("solutions/plain-manifest"), cluster);
      cluster.advance(Duration.ofSeconds(1));
      Evidence evidence = new Evidence(cluster, new ApiClient(cluster), ImmutableList.of());

      assertThat(
              new CheckLanguage()
                  .evaluate(new Expression(expression, "checks.yaml:1"), Scope.of(evidence)))
          .isEqualTo(true);
    }
  }

  @Test
  void namesTheNodesAsTheExerciseDoes() throws Exception {
    try (Cluster cluster = clusters.create(exercise)) {
      List<String> nodes =
          cluster
              .request(ApiRequest.get("/api/v1/nodes"))
              .object()
              .array("items")
              .objects()
              .map(node -> node.string("metadata", "name"))
              .toList();
      assertThat(nodes).containsExactly("kuar-control-plane");
    }
  }
}
