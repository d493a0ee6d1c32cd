package dev.drydock.grader.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.grader.Exercises;
import dev.drydock.grader.FakeCluster;
import dev.drydock.grader.Grader;
import org.junit.jupiter.api.Test;

class FirstPodProofTest {
  @Test
  void everyAttemptOfFirstPodComesOutAsMeant() throws Exception {
    Proof proof = new Prover(new Grader(), _ -> new FakeCluster()).prove(Exercises.firstPod());

    assertThat(proof.problems()).isEmpty();
    assertThat(proof.attempts())
        .allSatisfy(
            outcome -> assertThat(outcome.allProblems()).as(outcome.attempt().name()).isEmpty());
    assertThat(proof.attempts()).hasSizeGreaterThan(10);
  }
}
