package dev.drydock.server.cli;

import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.grader.exercise.ExerciseFormatException;
import dev.drydock.grader.exercise.ExerciseId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `drydock exercise`: the exercises there are, for learners and authors.
@Command(
    name = "exercise",
    mixinStandardHelpOptions = true,
    description = "List, show, make and prove exercises.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {NewExerciseCommand.class, VerifyCommand.class})
final class ExerciseCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private final Home home;

  ExerciseCommand(Home home) {
    this.home = home;
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say what to do: list, show, new or verify");
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the exercises with their points.")
  int list() throws UserProblem {
    for (ExerciseId id : home.exercises().ids()) {
      Exercise exercise = find(home, id.value());
      out().println("%-28s %3d points  %s".formatted(id, exercise.points(), exercise.title()));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show an exercise's task and what is checked.")
  int show(@Parameters(paramLabel = "ID", description = "Such as pods/first-pod.") String id)
      throws UserProblem {
    Exercise exercise = find(home, id);
    out().println(exercise.task().strip());
    out().println();
    out().println("## What is checked");
    out().println();
    for (Check check : exercise.checks().checks()) {
      out().println("- %s (%s)".formatted(check.title(), points(check.points())));
    }
    return ExitCode.DONE;
  }

  private static String points(int points) {
    return points == 1 ? "1 point" : points + " points";
  }

  /// The exercise with an id.
  static Exercise find(Home home, String id) throws UserProblem {
    ExerciseCatalog catalog = home.exercises();
    try {
      Optional<Exercise> found = catalog.find(id);
      if (found.isPresent()) {
        return found.get();
      }
    } catch (ExerciseFormatException e) {
      throw new UserProblem(
          "The exercise %s is not as it should be: %s.".formatted(id, e.getMessage()),
          "Correct the file, then run `./drydock exercise verify %s`.".formatted(id));
    }
    throw new UserProblem("There is no exercise '%s'.".formatted(id), advice(catalog, id));
  }

  private static String advice(ExerciseCatalog catalog, String id) {
    List<ExerciseId> close =
        catalog.ids().stream()
            .filter(known -> known.name().equals(id) || known.value().endsWith(id.strip()))
            .toList();
    return close.size() == 1
        ? "Did you mean %s?".formatted(close.getFirst())
        : "Run `./drydock exercise list` to see them all.";
  }
}
