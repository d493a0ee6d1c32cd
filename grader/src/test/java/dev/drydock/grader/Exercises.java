package dev.drydock.grader;

import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.grader.exercise.ExerciseFormatException;
import java.nio.file.Path;

/// The project's own exercises, for tests.
public final class Exercises {
  private Exercises() {}

  public static ExerciseCatalog catalog() {
    return new ExerciseCatalog(Path.of(System.getProperty("drydock.home", ".."), "exercises"));
  }

  public static Exercise firstPod() throws ExerciseFormatException {
    return catalog().find("pods/first-pod").orElseThrow();
  }
}
