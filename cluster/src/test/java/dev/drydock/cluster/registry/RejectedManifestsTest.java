package dev.drydock.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.Recorded;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares with what the real API server said of broken manifests.
class RejectedManifestsTest {
  private static final String INVALID = " is invalid:";

  static Stream<Arguments> recordings() {
    byte[] bytes = Recorded.bytes("/conformance/rejected.json");
    JsonObject recording =
        JsonParser.parseTrusted(new String(bytes, StandardCharsets.UTF_8))
            .array("cases")
            .objects()
            .findFirst()
            .orElseThrow();
    JsonObject files = recording.object("files");
    return recording
        .array("steps")
        .objects()
        .filter(step -> step.string("stderr").contains(INVALID))
        .filter(step -> step.string("run").startsWith("kubectl apply -f "))
        .map(
            step -> {
              String file = step.string("run").substring("kubectl apply -f ".length());
              return Arguments.of(file, files.string(file), step.string("stderr"));
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void refusesWhatTheRealServerRefusesInItsWords(String file, String manifest, String said) {
    String errors = said.substring(said.indexOf(INVALID) + INVALID.length()).strip();
    List<String> expected =
        errors.startsWith("* ")
            ? errors.lines().map(line -> line.substring(2)).toList()
            : List.of(errors);
    assertThat(new TestRegistry().refusalOf(manifest)).as(file).isEqualTo(expected);
  }
}
