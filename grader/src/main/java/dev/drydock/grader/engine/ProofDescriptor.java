package dev.drydock.grader.engine;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.proof.Attempt;
import java.nio.file.Path;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.DirectorySource;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;

/// The nodes of the tree that IDEs and reports show: a catalog holds exercises, an exercise its
/// attempts, an attempt the checks that judge it.
abstract sealed class ProofDescriptor extends AbstractTestDescriptor {

  private ProofDescriptor(UniqueId id, String name, TestSource source) {
    super(id, name, source);
  }

  @Override
  public Type getType() {
    return Type.CONTAINER;
  }

  /// The exercises that a class stands for.
  static final class OfCatalog extends ProofDescriptor {
    final ClusterFactory clusters;

    OfCatalog(UniqueId parent, Class<?> testClass, ClusterFactory clusters) {
      super(
          parent.append("catalog", testClass.getName()),
          testClass.getSimpleName(),
          ClassSource.from(testClass));
      this.clusters = clusters;
    }
  }

  /// An exercise.
  static final class OfExercise extends ProofDescriptor {
    final Exercise exercise;

    /// What the exercise's attempts lack as a whole.
    final ImmutableList<String> problems;

    OfExercise(UniqueId parent, Exercise exercise, ImmutableList<String> problems) {
      super(
          parent.append("exercise", exercise.id().value()),
          exercise.id().value(),
          DirectorySource.from(exercise.folder().toFile()));
      this.exercise = exercise;
      this.problems = problems;
    }
  }

  /// An exercise that cannot be read; running it fails with the reason.
  static final class OfBrokenExercise extends ProofDescriptor {
    final Exception reason;

    OfBrokenExercise(UniqueId parent, String id, Path folder, Exception reason) {
      super(parent.append("exercise", id), id, DirectorySource.from(folder.toFile()));
      this.reason = reason;
    }

    @Override
    public Type getType() {
      return Type.TEST;
    }
  }

  /// A start, a solution or a mistake.
  static final class OfAttempt extends ProofDescriptor {
    final Attempt attempt;

    OfAttempt(UniqueId parent, Attempt attempt) {
      super(
          parent.append("attempt", attempt.name()),
          attempt.name(),
          DirectorySource.from(attempt.folder().toFile()));
      this.attempt = attempt;
    }
  }

  /// A check on one attempt; it succeeds when the verdict is the one meant.
  static final class OfCheck extends ProofDescriptor {
    final String checkId;

    OfCheck(UniqueId parent, String checkId, String title, Path checks) {
      super(
          parent.append("check", checkId),
          title,
          FileSource.from(checks.toFile(), FilePosition.from(1)));
      this.checkId = checkId;
    }

    /// For reports that show no tree.
    @Override
    public String getLegacyReportingName() {
      return getParent().map(attempt -> attempt.getDisplayName() + ": ").orElse("")
          + getDisplayName();
    }

    static OfCheck of(UniqueId parent, Check check, Exercise exercise) {
      return new OfCheck(
          parent, check.id(), check.title(), exercise.folder().resolve("checks.yaml"));
    }

    @Override
    public Type getType() {
      return Type.TEST;
    }
  }
}
