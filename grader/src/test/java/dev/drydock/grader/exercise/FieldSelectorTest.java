package dev.drydock.grader.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSelectorTest {
  private static final JsonObject POD =
      JsonParser.parseTrusted(
          """
          {"metadata": {"labels": {"app.kubernetes.io/name": "x"}},
           "spec": {"containers": [
             {"name": "a"},
             {"name": "b", "ports": [{"containerPort": 80, "name": "web"}]}]}}
          """);

  @Test
  void findsItemsByTheirKeys() {
    assertThat(FieldSelector.parse("spec.containers[name=b].ports[containerPort=80].name").in(POD))
        .isEqualTo(Json.of("web"));
    assertThat(FieldSelector.parse("metadata.labels['app.kubernetes.io/name']").in(POD))
        .isEqualTo(Json.of("x"));
    assertThat(FieldSelector.parse("spec.containers[name=c].ports").in(POD)).isNull();
  }

  @Test
  void goesAsFarAsItCanToPointAtWhatStandsInstead() {
    FieldSelector.Found found =
        FieldSelector.parse("spec.containers[name=b].ports[name=http].containerPort").deepest(POD);

    assertThat(found.path()).isEqualTo("spec.containers[1].ports[0].containerPort");
    assertThat(found.complete()).isFalse();
    assertThat(FieldSelector.parse("spec.containers[name=c].image").deepest(POD).path())
        .isEqualTo("spec.containers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spec.containers[name=kuard].image", "metadata.labels['a.b/c']", "data.greeting"})
  void readsAsItIsWritten(String text) {
    assertThat(FieldSelector.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spec.containers[0]", "spec..image[", "a b"})
  void refusesWhatIsNoPath(String text) {
    assertThatThrownBy(() -> FieldSelector.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a path");
  }
}
