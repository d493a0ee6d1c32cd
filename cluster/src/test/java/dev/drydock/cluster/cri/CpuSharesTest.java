package dev.drydock.cluster.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drydock.cluster.cri.CpuShares.Claim;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CpuSharesTest {
  /// The example of the chapter about resources: pods that ask for half a CPU and want all.
  @ParameterizedTest
  @CsvSource({"1, 2000", "2, 1000", "3, 666.666", "4, 500"})
  void busyContainersOfOneRequestShareAlike(int containers, double each) {
    double[] given = CpuShares.of(2000, Collections.nCopies(containers, new Claim(500, 2000)));

    assertThat(given).hasSize(containers);
    for (double millis : given) {
      assertThat(millis).isCloseTo(each, within(0.001));
    }
  }

  @Test
  void whoWantsLessLeavesTheRestToOthers() {
    assertThat(CpuShares.of(2000, List.of(new Claim(1000, 100), new Claim(500, 4000))))
        .containsExactly(100, 1900);
  }

  @Test
  void whoAsksForMoreGetsMore() {
    assertThat(CpuShares.of(2000, List.of(new Claim(300, 2000), new Claim(100, 2000))))
        .containsExactly(1500, 500);
  }

  @Test
  void whoAsksForNothingGetsNextToNothingOnABusyNode() {
    double[] given = CpuShares.of(1000, List.of(new Claim(998, 2000), new Claim(0, 1000)));

    assertThat(given).containsExactly(998, 2);
  }

  @Test
  void whoseMeasuredTimeWentBackGetsNothing() {
    assertThat(CpuShares.of(1000, List.of(new Claim(100, -5), new Claim(100, 2000))))
        .containsExactly(0, 1000);
  }

  @Test
  void nobodyNeedsAnything() {
    assertThat(CpuShares.of(1000, List.of())).isEmpty();
  }
}
