package dev.drydock.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static final Path PROJECT = Path.of(System.getProperty("drydock.home", ".."));

  @TempDir private Path folder;
  private Home home = new Home(PROJECT, Path.of("data"), 0, null);

  @BeforeEach
  void useAFolderOfItsOwn() {
    home = new Home(PROJECT, folder.resolve("data"), 0, null);
  }

  private record Ended(int code, String out, String err) {}

  private Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Drydock.run(arguments, home, new PrintWriter(out), new PrintWriter(err));
    return new Ended(code, out.toString(), err.toString());
  }

  private void refuses(String sentence, String... arguments) {
    Ended ended = run(arguments);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("drydock: ").contains(sentence);
    assertThat(ended.err()).doesNotContain("Exception", "\tat ");
    assertThat(ended.err().lines().count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Did you mean 'serve'? | serv",
        "'EXERCISE' | grade",
        "'PATH' | grade pods/first-pod",
        "There is no exercise 'pods/none'. | grade pods/none x.yaml",
        "Did you mean pods/first-pod? | grade first-pod x.yaml",
        "not one of text, json, junit, gradescope, github | grade a/b c --format xml",
        "kind clusters are not supported yet. | grade pods/first-pod x.yaml --cluster kind",
        "'--kubeconfig=FILE' | cluster start",
        "Say what to do: start | cluster",
        "Say what to do: list, show, new or verify | exercise",
        "There is no exercise 'pods/none'. | exercise show pods/none",
        "'Pods' is not an exercise id. | exercise new Pods",
        "There is an exercise pods/first-pod already. | exercise new pods/first-pod",
        "99999 is not a port. | serve --port 99999",
        "'x' is not an int | serve --port x",
        "between 1 and 50 nodes | cluster start --kubeconfig k --nodes 0",
        "cannot be the name of a cluster | cluster start --kubeconfig k --name A_B",
      })
  void answersBadUsageWithOneSentenceAndTheNextStep(String sentence, String line) {
    refuses(sentence, line.split(" "));
  }

  @Test
  void listsAndShowsExercises() {
    assertThat(run("exercise", "list").out()).contains("pods/first-pod", "10 points");
    Ended shown = run("exercise", "show", "pods/first-pod");
    assertThat(shown.code()).isZero();
    assertThat(shown.out()).contains("# Run your first Pod", "- The port is called http (1 point)");
  }

  @Test
  void reportsAnUnreadableSubmissionWithNoPoints() throws Exception {
    Path manifest = Files.writeString(folder.resolve("pod.yaml"), "a: [\n");
    Path report = folder.resolve("report.json");
    Ended ended =
        run(
            "grade",
            "pods/first-pod",
            manifest.toString(),
            "--format",
            "json",
            "--output",
            report.toString());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("pod.yaml cannot be read: line");
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.get("outcome").asText()).isEqualTo("unreadable");
    assertThat(json.get("points").asInt()).isZero();
    assertThat(json.get("checks")).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource({
    "solutions/plain-manifest/pod.yaml, 0, Passed: 10 of 10 points",
    "solutions/pod-among-others, 0, Passed: 10 of 10 points",
    "mistakes/wrong-tag/pod.yaml, 1, Not yet: 8 of 10 points",
    "mistakes/misspelt-field/pod.yaml, 1, unknown field \"spec.containers[0].imag\"",
    "hints.md, 2, Not readable: 0 of 10 points",
  })
  void endsAsTheSubmissionDeserves(String path, int code, String words) {
    Ended ended = run("grade", "pods/first-pod", PROJECT + "/exercises/pods/first-pod/" + path);

    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.out()).contains(words);
  }

  @Test
  void failsAProofThatDoesNotHold() throws Exception {
    home = new Home(folder, folder.resolve("data"), 0, null);
    run("exercise", "new", "pods/second-pod");
    Path checks = folder.resolve("exercises/pods/second-pod/checks.yaml");
    Files.writeString(checks, Files.readString(checks).replace("== 'hello'", "== 'hullo'"));

    Ended proven = run("exercise", "verify");
    assertThat(proven.code()).isEqualTo(1);
    assertThat(proven.out())
        .contains("✗ pods/second-pod", "earns 1 of 2 points", "must fail, but it is passed");
  }

  @Test
  void neverOverwritesAKubeconfigThatIsNotItsOwn() throws Exception {
    Path kubeconfig = Files.writeString(folder.resolve("config"), "apiVersion: v1\n");

    refuses(
        "exists and was not written by drydock",
        "cluster",
        "start",
        "--kubeconfig",
        kubeconfig.toString());
    assertThat(kubeconfig).hasContent("apiVersion: v1\n");
  }

  @Test
  void treatsFoldersAmongSeveralPathsAsSubmissionsOfTheirOwn() throws Exception {
    Path alice = Files.createDirectory(folder.resolve("alice"));
    Path bob = Files.createDirectory(folder.resolve("bob"));
    Path file = Files.createFile(folder.resolve("a.yaml"));

    assertThat(GradeCommand.submissions(java.util.List.of(alice, bob))).hasSize(2);
    assertThat(GradeCommand.submissions(java.util.List.of(file, file))).hasSize(1);
    assertThat(GradeCommand.submissions(java.util.List.of(alice))).hasSize(1);
  }

  @Test
  void makesAnExerciseThatIsProvenFromTheStart() throws IOException {
    home = new Home(folder, folder.resolve("data"), 0, null);
    Ended made = run("exercise", "new", "pods/second-pod");

    assertThat(made.code()).isZero();
    assertThat(run("exercise", "list").out()).contains("pods/second-pod", "2 points");
    Ended proven = run("exercise", "verify", "pods/second-pod");
    assertThat(proven.out()).contains("✓ pods/second-pod", "All proofs hold.");
    assertThat(proven.code()).isZero();
  }

  @Test
  void logsWhatBrokeAndSaysWhere() throws Exception {
    Home broken = home;
    StringWriter err = new StringWriter();
    picocli.CommandLine command =
        new picocli.CommandLine(picocli.CommandLine.Model.CommandSpec.create());
    command.setErr(new PrintWriter(err));
    int code =
        new Problems(broken)
            .handleExecutionException(
                new IllegalStateException("the loop ended"), command, command.parseArgs());

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("Something of ours broke: the loop ended.");
    assertThat(broken.log()).content().contains("IllegalStateException");
  }

  @Test
  void doctorSaysWhatItFound() {
    Ended ended = run("doctor");
    assertThat(ended.out()).contains("JDK", "kubectl", "sandbox", "Docker", "data directory");
  }

  @Test
  void writesWholeFilesOrNone() throws Exception {
    Path file = folder.resolve("kubeconfig");
    WholeFile.writePrivate(file, new byte[] {'x'});
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
  }
}
