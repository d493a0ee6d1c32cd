package dev.drydock.server.cli;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.EmbeddedClusters;
import dev.drydock.grader.Grader;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseFormatException;
import dev.drydock.grader.exercise.ExerciseId;
import dev.drydock.grader.proof.Attempt;
import dev.drydock.grader.proof.AttemptReader;
import dev.drydock.grader.proof.Proof;
import dev.drydock.grader.proof.Prover;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `drydock exercise verify`: proves exercises and prints a table.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Prove exercises: the start fails, solutions earn all points, mistakes fail as expected.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "Which exercises (default: all).")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many attempts at once (default: one for each processor).")
  private int jobs;

  @Spec private @Nullable CommandSpec spec;

  private final Home home;
  private final ClusterFactory clusters;

  VerifyCommand(Home home) {
    this(home, new EmbeddedClusters());
  }

  VerifyCommand(Home home, ClusterFactory clusters) {
    this.home = home;
    this.clusters = clusters;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<String> chosen =
        ids.isEmpty() ? home.exercises().ids().stream().map(ExerciseId::value).toList() : ids;
    Prover prover = new Prover(new Grader(), clusters);
    boolean allHold = true;
    for (String id : chosen) {
      Proof proof = prove(prover, ExerciseCommand.find(home, id));
      print(out, proof);
      allHold &= proof.holds();
    }
    out.println(allHold ? "All proofs hold." : "Not all proofs hold.");
    return allHold ? ExitCode.DONE : ExitCode.NOT_PASSED;
  }

  private Proof prove(Prover prover, Exercise exercise) throws Exception {
    try {
      ImmutableList<Attempt> attempts = AttemptReader.read(exercise);
      return new Proof(
          exercise.id(),
          exercise.points(),
          Jobs.run(jobs, attempts, attempt -> prover.prove(exercise, attempt)),
          Prover.problems(exercise, attempts));
    } catch (ExerciseFormatException e) {
      throw new UserProblem(
          "The exercise %s is not as it should be: %s.".formatted(exercise.id(), e.getMessage()),
          "Correct the file and try again.");
    }
  }

  private static void print(PrintWriter out, Proof proof) {
    out.println("%s %s".formatted(mark(proof.holds()), proof.exercise()));
    for (Attempt.Outcome outcome : proof.attempts()) {
      String points = "%d/%d".formatted(outcome.points(), proof.pointsMax());
      out.println(
          "  %s %-40s %7s  %s"
              .formatted(
                  mark(outcome.holds()),
                  outcome.attempt().name(),
                  points,
                  meant(outcome.attempt())));
      outcome.allProblems().forEach(problem -> out.println("      " + problem));
    }
    proof.problems().forEach(problem -> out.println("  ✗ " + problem));
    out.println();
  }

  private static String mark(boolean holds) {
    return holds ? "✓" : "✗";
  }

  private static String meant(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Start _ -> "does not pass";
      case Attempt.Solution _ -> "passes";
      case Attempt.Mistake mistake -> "fails " + String.join(", ", mistake.fails().keySet());
    };
  }
}
