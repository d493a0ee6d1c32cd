package dev.drydock.server;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.server.ServeOptions.ClusterProvider;
import dev.drydock.server.cluster.ClusterSource;
import dev.drydock.server.exercise.CheckReport;
import dev.drydock.server.exercise.CheckReport.Finding;
import dev.drydock.server.exercise.CheckReport.Outcome;
import dev.drydock.server.exercise.CheckService;
import dev.drydock.server.exercise.GraderExercises;
import dev.drydock.server.kubectl.KubectlProgram;
import dev.drydock.server.terminal.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Workbooks for tests, on a port of the system's choice.
final class TestWorkbook {
  static final Path HOME = Path.of(System.getProperty("drydock.home", ".."));

  /// A wrong verdict about whatever runs, so that a test can tell it from a real one.
  static final CheckService WRONG =
      (exercise, _, _) ->
          new CheckReport(
              1,
              3,
              false,
              "1 of 2 checks pass, 1 of 3 points.",
              ImmutableList.of(
                  Finding.bare("exists", "There is a pod kuard", 1, 1, Outcome.PASSED, ""),
                  new Finding(
                      "image",
                      "It runs the blue kuard",
                      2,
                      0,
                      Outcome.FAILED,
                      "The container runs another image.",
                      "kuard-amd64:blue",
                      "kuard-amd64:green",
                      "pod.yaml",
                      3,
                      "The tag chooses one build among many.",
                      "kubectl describe pod kuard",
                      "Compare the tag.",
                      ImmutableList.of())));

  private TestWorkbook() {}

  static ServeOptions options(Path data, @Nullable String classCode) {
    return new ServeOptions(
        "127.0.0.1", 0, ClusterProvider.EMBEDDED, classCode, data, false, null, null);
  }

  /// A workbook whose clusters and checks are fakes.
  static WorkbookServer still(Path data, @Nullable String classCode) throws StartException {
    return start(options(data, classCode), new FakeClusters(), WRONG);
  }

  static WorkbookServer start(ServeOptions options, ClusterSource clusters, CheckService checks)
      throws StartException {
    ExerciseCatalog catalog = new ExerciseCatalog(HOME.resolve("exercises"));
    return WorkbookServer.start(
        options,
        new WorkbookServer.Providers(
            HOME,
            new GraderExercises(catalog),
            checks,
            clusters,
            KubectlProgram.forTerminal(),
            Sandbox::find,
            InstantSource.system()));
  }
}
