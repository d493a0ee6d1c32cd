package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class ConformanceTest {

  @Test
  void theReportSaysWhatTheCodeDoes() throws IOException {
    assertThat(Files.readString(Conformance.file()))
        .as("CONFORMANCE.md is not current: run Conformance, whose documentation says how")
        .isEqualTo(Conformance.text());
  }
}
