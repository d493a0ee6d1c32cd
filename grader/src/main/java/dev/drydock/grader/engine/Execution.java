package dev.drydock.grader.engine;

import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.Grader;
import dev.drydock.grader.engine.ProofDescriptor.OfAttempt;
import dev.drydock.grader.engine.ProofDescriptor.OfBrokenExercise;
import dev.drydock.grader.engine.ProofDescriptor.OfCatalog;
import dev.drydock.grader.engine.ProofDescriptor.OfCheck;
import dev.drydock.grader.engine.ProofDescriptor.OfExercise;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.proof.Attempt;
import dev.drydock.grader.proof.Prover;
import java.util.List;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;

/// Runs the proofs of a tree, telling the listener of each node.
final class Execution {
  private final Grader grader = new Grader();
  private final EngineExecutionListener listener;

  Execution(EngineExecutionListener listener) {
    this.listener = listener;
  }

  void engine(TestDescriptor engine) {
    listener.executionStarted(engine);
    for (TestDescriptor child : engine.getChildren()) {
      catalog((OfCatalog) child);
    }
    listener.executionFinished(engine, TestExecutionResult.successful());
  }

  private void catalog(OfCatalog catalog) {
    listener.executionStarted(catalog);
    for (TestDescriptor child : catalog.getChildren()) {
      exercise(catalog.clusters, (ProofDescriptor) child);
    }
    listener.executionFinished(catalog, TestExecutionResult.successful());
  }

  private void exercise(ClusterFactory clusters, ProofDescriptor node) {
    listener.executionStarted(node);
    listener.executionFinished(
        node,
        switch (node) {
          case OfBrokenExercise broken -> TestExecutionResult.failed(broken.reason);
          case OfExercise exercise -> attempts(new Prover(grader, clusters), exercise);
          case OfCatalog _, OfAttempt _, OfCheck _ ->
              throw new IllegalStateException("not an exercise: " + node.getUniqueId());
        });
  }

  private TestExecutionResult attempts(Prover prover, OfExercise node) {
    for (TestDescriptor child : node.getChildren()) {
      attempt(prover, node.exercise, (OfAttempt) child);
    }
    return result(node.problems);
  }

  private void attempt(Prover prover, Exercise exercise, OfAttempt node) {
    listener.executionStarted(node);
    try {
      Attempt.Outcome outcome = prover.prove(exercise, node.attempt);
      for (TestDescriptor child : node.getChildren()) {
        check(outcome, (OfCheck) child);
      }
      listener.executionFinished(node, result(outcome.problems()));
    } catch (RuntimeException e) {
      listener.executionFinished(node, TestExecutionResult.failed(e));
    }
  }

  private void check(Attempt.Outcome outcome, OfCheck node) {
    listener.executionStarted(node);
    List<String> problems =
        outcome.checks().stream()
            .filter(check -> check.id().equals(node.checkId) && !check.holds())
            .map(Attempt.CheckOutcome::problem)
            .toList();
    listener.executionFinished(node, result(problems));
  }

  private static TestExecutionResult result(List<String> problems) {
    return problems.isEmpty()
        ? TestExecutionResult.successful()
        : TestExecutionResult.failed(new AssertionError(String.join("\n", problems)));
  }
}
