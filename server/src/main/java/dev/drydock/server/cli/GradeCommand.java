package dev.drydock.server.cli;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.Cluster;
import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.EmbeddedClusters;
import dev.drydock.grader.Grader;
import dev.drydock.grader.Report;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.report.Format;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmissionException;
import dev.drydock.grader.submission.SubmissionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `drydock grade`: each submission on a fresh cluster, and a report.
@Command(
    name = "grade",
    mixinStandardHelpOptions = true,
    description = "Grade manifests on a fresh cluster and report.",
    footer = {
      "",
      "Several files are one submission; of several folders each is a submission of its own.",
      "Exit codes: 0 all passed, 1 not all passed, 2 bad input, 3 something of ours broke."
    })
final class GradeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "EXERCISE", description = "Such as pods/first-pod.")
  private String exercise = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Manifests or folders of them.")
  private List<Path> paths = new ArrayList<>();

  @Mixin private ProviderOptions provider = new ProviderOptions();

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text, json, junit, gradescope or github (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(names = "--output", paramLabel = "FILE", description = "Write the report there.")
  private @Nullable Path output;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many submissions to grade at once (default: one for each processor).")
  private int jobs;

  @Spec private @Nullable CommandSpec spec;

  private final Home home;
  private final ClusterFactory clusters;
  private final Grader grader = new Grader();

  GradeCommand(Home home) {
    this(home, new EmbeddedClusters());
  }

  GradeCommand(Home home, ClusterFactory clusters) {
    this.home = home;
    this.clusters = clusters;
  }

  @Override
  public Integer call() throws Exception {
    provider.requireEmbedded();
    Exercise found = ExerciseCommand.find(home, exercise);
    List<List<Path>> submissions = submissions(paths);
    ImmutableList<Report> reports =
        Jobs.run(jobs, submissions, submission -> grade(found, submission));
    write(reports);
    return exitCode(reports);
  }

  /// Files belong together; where a folder is among several paths, each path stands alone.
  static List<List<Path>> submissions(List<Path> paths) {
    boolean apart = paths.size() > 1 && paths.stream().anyMatch(Files::isDirectory);
    return apart ? paths.stream().map(List::of).toList() : List.of(paths);
  }

  private Report grade(Exercise found, List<Path> submission) {
    String name = String.join(", ", submission.stream().map(Path::toString).toList());
    try {
      Submission read = SubmissionReader.read(name, submission);
      try (Cluster cluster = clusters.create(found)) {
        grader.prepare(found, cluster);
        return grader.grade(found, read, cluster);
      }
    } catch (SubmissionException e) {
      say(new UserProblem(String.valueOf(e.getMessage()), e.next()));
      return Grader.unreadable(found, name, e);
    }
  }

  private void say(UserProblem problem) {
    PrintWriter err = spec().commandLine().getErr();
    synchronized (this) {
      Problems.say(err, problem);
    }
  }

  private void write(ImmutableList<Report> reports) throws UserProblem, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean colour = home.colour() && output == null;
    format.create(colour, home.width()).write(reports, bytes);
    PrintWriter out = spec().commandLine().getOut();
    if (output == null) {
      out.print(bytes.toString(StandardCharsets.UTF_8));
    } else {
      WholeFile.write(output, bytes.toByteArray());
      out.println(summary(reports) + " The report is in " + output + ".");
    }
    out.flush();
  }

  private static String summary(ImmutableList<Report> reports) {
    if (reports.size() == 1) {
      Report report = reports.getFirst();
      return "%s: %d of %d points."
          .formatted(report.submission(), report.points(), report.pointsMax());
    }
    long passed = reports.stream().filter(Report::passed).count();
    return "%d of %d submissions pass.".formatted(passed, reports.size());
  }

  private static int exitCode(ImmutableList<Report> reports) {
    int code = ExitCode.DONE;
    for (Report report : reports) {
      code =
          Math.max(
              code,
              switch (report.outcome()) {
                case PASSED -> ExitCode.DONE;
                case FAILED -> ExitCode.NOT_PASSED;
                case UNREADABLE -> ExitCode.USER_PROBLEM;
                case ERRORED -> ExitCode.BROKEN;
              });
    }
    return code;
  }

  private CommandSpec spec() {
    return java.util.Objects.requireNonNull(spec);
  }
}
