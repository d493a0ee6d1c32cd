package dev.drydock.server.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.cluster.embedded.ClusterEndpoint;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.cluster.time.RealTime;
import dev.drydock.server.kubectl.Kubectl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the pinned kubectl prints here is what it printed against Kubernetes 1.36.2, word for word.
/// Each case gets a fresh cluster.
final class TranscriptsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The cases that take real time for long are left to `../shared/conformance/replay-embedded.sh`.
  private static final Map<String, Set<String>> CASES =
      Map.of(
          "rejected", Set.of(),
          "clusters-and-kubectl", Set.of(),
          "pods",
              Set.of(
                  "kuard-lifecycle",
                  "restart-policies",
                  "pod-immutability",
                  "grace-period",
                  "downward-api-and-config"));

  @TempDir Path folder;

  private static JsonNode recording(String name) {
    try (InputStream in =
        TranscriptsTest.class.getResourceAsStream("/transcripts/" + name + ".json")) {
      return JSON.readTree(Objects.requireNonNull(in, name)).get("cases");
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithKubernetes() {
    return CASES.entrySet().stream()
        .flatMap(
            entry ->
                StreamSupport.stream(recording(entry.getKey()).spliterator(), false)
                    .filter(
                        c ->
                            entry.getValue().isEmpty()
                                || entry.getValue().contains(c.get("name").asText()))
                    .map(
                        c ->
                            dynamicTest(
                                entry.getKey() + ": " + c.get("name").asText(), () -> replay(c))));
  }

  private void replay(JsonNode recorded) throws Exception {
    Path home = Files.createDirectories(folder.resolve(recorded.get("name").asText() + "/files"));
    Path kubeconfig = home.resolveSibling("kubeconfig");
    try (ClusterEndpoint endpoint = ClusterEndpoint.open("127.0.0.1", 0);
        EmbeddedCluster cluster =
            EmbeddedCluster.create(
                ClusterOptions.named("kuar", ClockKind.REAL, RealTime.wallClock(), 1),
                endpoint.newIdentity())) {
      Files.writeString(kubeconfig, endpoint.serve("", cluster).yaml());
      for (var file : recorded.get("files").properties()) {
        Path path = home.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue().asText());
      }
      Bash bash = new Bash(home, Kubectl.pinned(_ -> {}).path(), kubeconfig);
      SoftAssertions all = new SoftAssertions();
      for (JsonNode step : recorded.get("steps")) {
        compare(step, bash.run(step.get("run").asText()), all);
      }
      all.assertAll();
    }
  }

  private static void compare(JsonNode step, Bash.Result seen, SoftAssertions all) {
    String command = step.get("run").asText();
    all.assertThat(seen.exit()).as("exit code of: %s", command).isEqualTo(step.get("exit").asInt());
    if (step.get("compare").asBoolean()) {
      all.assertThat(Output.normalised(seen.stdout()))
          .as("output of: %s", command)
          .isEqualTo(step.get("stdout").asText().strip());
      all.assertThat(Output.normalised(seen.stderr()))
          .as("errors of: %s", command)
          .isEqualTo(step.get("stderr").asText().strip());
    }
  }
}
