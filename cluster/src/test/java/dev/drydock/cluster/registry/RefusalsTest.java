package dev.drydock.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.drydock.cluster.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Manifests of many kinds with what is wrong with them. A case is a manifest with the errors as
/// comments at its end; cases are separated as YAML documents are.
class RefusalsTest {
  private static final String ERROR = "#! ";

  static Stream<Arguments> cases() {
    return Stream.of("workloads", "batch", "core", "networking", "policies")
        .flatMap(
            file -> {
              String text =
                  new String(Recorded.bytes("/refusals/" + file + ".yaml"), StandardCharsets.UTF_8);
              return Splitter.on("---\n").omitEmptyStrings().splitToStream(text);
            })
        .map(
            text ->
                Arguments.of(
                    text.lines().findFirst().orElse("").replaceFirst("^# ?", ""),
                    text,
                    text.lines()
                        .filter(line -> line.startsWith(ERROR))
                        .map(line -> line.substring(ERROR.length()))
                        .toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void refusesWithAllThatIsWrong(String what, String manifest, List<String> errors) {
    assertThat(new TestRegistry().refusalOf(manifest)).as(what).isEqualTo(errors);
  }
}
