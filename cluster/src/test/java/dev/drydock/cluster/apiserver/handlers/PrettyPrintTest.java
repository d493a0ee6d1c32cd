package dev.drydock.cluster.apiserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Who gets answers indented, and how.
final class PrettyPrintTest {
  private static final String COMPACT =
      "{\"a\":\"x: {\\\"y\\\\\",\"b\":[1,{\"c\":true}],\"d\":{},\"e\":[]}";

  private static String shown(String userAgent, String path, String pretty) {
    byte[] body = COMPACT.getBytes(StandardCharsets.UTF_8);
    return new String(
        PrettyPrint.body(body, "application/json", userAgent, path, pretty),
        StandardCharsets.UTF_8);
  }

  @Test
  void indentsByTwoSpacesAndLeavesTextsAndEmptyValuesAlone() {
    assertThat(shown("curl/8.14.1", "/api/v1/pods", ""))
        .isEqualTo(
            """
            {
              "a": "x: {\\"y\\\\",
              "b": [
                1,
                {
                  "c": true
                }
              ],
              "d": {},
              "e": []
            }""");
  }

  @Test
  void indentsForPeopleAndForWhoeverAsks() {
    assertThat(shown("Mozilla/5.0 (X11)", "/api", "")).contains("\n");
    assertThat(shown("kubectl/v1.35.2", "/api", "true")).contains("\n");
  }

  @Test
  void isCompactForProgramsAndForWhoeverAsksForThat() {
    assertThat(shown("kubectl/v1.35.2", "/api", "")).isEqualTo(COMPACT);
    assertThat(shown("curl/8.14.1", "/api", "0")).isEqualTo(COMPACT);
  }

  @Test
  void leavesOpenApiAsItIs() {
    assertThat(shown("curl/8.14.1", "/openapi/v3", "")).isEqualTo(COMPACT);
  }
}
