package dev.drydock.cluster.apimachinery.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonParser;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
  private static String diff(String before, String now) {
    return UnifiedDiff.of(JsonParser.parseTrusted(before), JsonParser.parseTrusted(now));
  }

  @Test
  void showsThreeLinesAroundAChange() {
    assertThat(
            diff(
                "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8}",
                "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":0,\"f\":6,\"g\":7,\"h\":8}"))
        .isEqualTo(
            """
            @@ -3,7 +3,7 @@
              "b": 2,
              "c": 3,
              "d": 4,
            - "e": 5,
            + "e": 0,
              "f": 6,
              "g": 7,
              "h": 8
            """);
  }

  @Test
  void showsNothingWhereNothingChanged() {
    assertThat(diff("{\"a\":1}", "{\"a\":1}")).isEmpty();
  }

  @Test
  void escapesWhatHtmlCouldMisread() {
    assertThat(diff("{\"a\":\"x\"}", "{\"a\":\"<&>\"}"))
        .contains("+ \"a\": \"\\u003c\\u0026\\u003e\"");
  }
}
