package dev.drydock.server.cli;

import dev.drydock.grader.exercise.ExerciseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `drydock exercise new`: a folder to fill in, which is a provable exercise from the first moment.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Make the folder of a new exercise, to be filled in.")
final class NewExerciseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "Such as pods/second-pod.")
  private String id = "";

  @Spec private @Nullable CommandSpec spec;

  private final Home home;

  NewExerciseCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    if (!ExerciseId.isValid(id)) {
      throw new UserProblem(
          "'%s' is not an exercise id.".formatted(id),
          "Write chapter/name in small letters, digits and dashes, such as pods/second-pod.");
    }
    ExerciseId exercise = new ExerciseId(id);
    Path folder = home.exercises().folder(exercise);
    if (Files.exists(folder)) {
      throw new UserProblem(
          "There is an exercise %s already.".formatted(id), "Choose another name.");
    }
    for (Map.Entry<String, String> file : files(exercise).entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println("Made %s. CONTRIBUTING.md says what goes into it; then run:".formatted(folder));
    out.println("  ./drydock exercise verify " + id);
    return ExitCode.DONE;
  }

  private static void write(Path file, String text) throws UserProblem {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserProblem(
          "%s cannot be written (%s).".formatted(file, e.getClass().getSimpleName()),
          "Check the permissions of the folder exercises/.");
    }
  }

  private static Map<String, String> files(ExerciseId id) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("exercise.yaml", EXERCISE.formatted(id.name().replace('-', ' '), id.chapter()));
    files.put("README.md", README);
    files.put("checks.yaml", CHECKS);
    files.put("hints.md", HINTS);
    files.put("start/manifest.yaml", "# Describe your object here.\n");
    files.put("solutions/plain/manifest.yaml", configMap("example", "hello"));
    files.put("solutions/with-labels/manifest.yaml", LABELLED);
    files.put("mistakes/wrong-name/manifest.yaml", configMap("exmaple", "hello"));
    files.put("mistakes/wrong-name/expected.yaml", expected("exists", NOT_THERE));
    files.put("mistakes/wrong-value/manifest.yaml", configMap("example", "hullo"));
    files.put("mistakes/wrong-value/expected.yaml", expected("greeting", NOT_HELLO));
    return files;
  }

  private static String configMap(String name, String greeting) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: %s
        data:
          greeting: %s
        """
        .formatted(name, greeting);
  }

  private static String expected(String check, String message) {
    return """
        fails:
          - check: %s
            message: %s
        """
        .formatted(check, message);
  }

  private static final String NOT_THERE = "There is no ConfigMap example in namespace default.";
  private static final String NOT_HELLO = "The greeting is not hello.";

  private static final String EXERCISE =
      """
      title: %s
      chapter: %s
      objectives:
        - Say what the learner can do afterwards.
      points: 2
      needs: [default-namespace]
      """;

  private static final String README =
      """
      # A title

      ## Situation

      Who needs what, and why.

      ## Task

      Make a ConfigMap `example` in namespace `default` whose `greeting` is `hello`.

      ## You are done when

      - `kubectl get configmap example -o yaml` shows the greeting.
      """;

  private static final String HINTS =
      """
      # Hints

      ## Where to start

      `kubectl explain configmap` names the fields.
      """;

  private static final String LABELLED =
      """
      kind: ConfigMap
      apiVersion: v1
      data: {greeting: hello}
      metadata: {namespace: default, name: example, labels: {app: example}}
      """;

  private static final String CHECKS =
      """
      settle: 10s
      object: {apiVersion: v1, kind: ConfigMap, namespace: default, name: example}

      checks:
        - id: exists
          title: There is a ConfigMap example
          points: 1
          expression: object.metadata.name == 'example'
          message: There is no ConfigMap example in namespace default.
          path: metadata.name
          why: Say why it matters.
          next: kubectl get configmaps

        - id: greeting
          title: Its greeting is hello
          points: 1
          after: exists
          expression: object.?data.?greeting.orValue('') == 'hello'
          message: The greeting is not hello.
          path: data.greeting
          expected: hello
          why: Say why it matters.
          next: kubectl get configmap example -o yaml
      """;
}
