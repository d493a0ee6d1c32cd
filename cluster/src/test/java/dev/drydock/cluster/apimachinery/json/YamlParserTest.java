package dev.drydock.cluster.apimachinery.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drydock.cluster.apimachinery.json.Positions.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlParserTest {

  private static Json parse(String text) throws JsonSyntaxException {
    return YamlParser.parseAll(text).getFirst().root();
  }

  private static JsonSyntaxException refusal(String text) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        JsonSyntaxException.class, () -> YamlParser.parseAll(text));
  }

  /// The meanings were read off the real kubectl: `kubectl patch --local --type merge -p '{}'`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          yes | true
          y | true
          on | true
          no | false
          N | false
          [~] | [null]
          [Null] | [null]
          0755 | 493
          0o17 | 15
          0x1F | 31
          0b11 | 3
          08 | 8
          1_000 | 1000
          +12 | 12
          -0 | 0
          1e3 | 1000
          1e+3 | 1000
          .5 | 0.5
          -.5 | -0.5
          5. | 5
          1.0 | 1
          1E400 | "1E400"
          190:20:30 | "190:20:30"
          2001-01-01 | "2001-01-01"
          +.inf2 | "+.inf2"
          = | "="
          "1" | "1"
          'yes' | "yes"
          !!str 12 | "12"
          !!binary aGVsbG8= | "hello"
          !!int "3" | 3
          !foo bar | "bar"
          1Gi | "1Gi"
          - | [null]
          """)
  void readsAScalarAsKubectlDoes(String yaml, String json) throws JsonSyntaxException {
    assertThat(JsonWriter.string(parse(yaml))).isEqualTo(json);
  }

  @Test
  void readsAnIntegerTooLargeForALongAsAFloat() throws JsonSyntaxException {
    assertThat(parse("12345678901234567890"))
        .isEqualTo(new JsonNumber((Number) 12345678901234567890d));
  }

  @Test
  void makesFieldNamesText() throws JsonSyntaxException {
    assertThat(JsonWriter.string(parse("{1: a, true: b, no: c}")))
        .isEqualTo("{\"1\":\"a\",\"true\":\"b\",\"false\":\"c\"}");
  }

  @Test
  void keepsTheLastOfAFieldGivenTwice() throws JsonSyntaxException {
    assertThat(parse("a: 1\na: 2")).isEqualTo(JsonObject.of("a", Json.of(2)));
  }

  @Test
  void unfoldsAliasesAndMergeKeys() throws JsonSyntaxException {
    assertThat(JsonWriter.string(parse("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  p: 5\nc: *x")))
        .isEqualTo("{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":5,\"q\":2},\"c\":{\"p\":1,\"q\":2}}");
  }

  @Test
  void passesOverDocumentsWithoutContent() throws JsonSyntaxException {
    List<YamlDocument> documents =
        YamlParser.parseAll("---\n# nothing\n---\na: 1\n---\n---\nb: 2\n");
    assertThat(documents).extracting(YamlDocument::index).containsExactly(0, 1);
    assertThat(documents)
        .extracting(document -> document.positions().of("b").line())
        .containsExactly(4, 7);
    assertThat(YamlParser.parseAll("")).isEmpty();
  }

  @Test
  void knowsWhereEachFieldStands() throws JsonSyntaxException {
    YamlDocument document =
        YamlParser.parseAll(
                """
                metadata:
                  labels:
                    app.kubernetes.io/name: web
                spec:
                  containers:
                  - name: web
                    image: nginx
                  - {name: side, image: busybox}
                """)
            .getFirst();
    Positions positions = document.positions();
    assertThat(positions.of("spec")).isEqualTo(new Position(4, 1));
    assertThat(positions.of("spec.containers[0]")).isEqualTo(new Position(6, 5));
    assertThat(positions.of("spec.containers[0].image")).isEqualTo(new Position(7, 5));
    assertThat(positions.of("spec.containers[1].image")).isEqualTo(new Position(8, 18));
    assertThat(positions.of("metadata.labels[app.kubernetes.io/name]"))
        .isEqualTo(new Position(3, 5));
    assertThat(positions.all())
        .containsEntry("spec.containers[1].name", new Position(8, 6))
        .containsEntry("metadata.labels[app.kubernetes.io/name]", new Position(3, 5));
  }

  @Test
  void answersWithTheNearestFieldAroundOneThatIsNotThere() throws JsonSyntaxException {
    Positions positions = YamlParser.parseAll("a: 1\nspec:\n  x: 1").getFirst().positions();
    assertThat(positions.of("spec.containers[3].image")).isEqualTo(new Position(2, 1));
    assertThat(positions.of("nosuch")).isEqualTo(new Position(1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a:\\n\\tb: 1 | 2 | tab
          a: b: c | 1 | quotes
          a: [1, 2 | 1 | closed
          a: {x: 1 | 1 | closed
          a: 'x | 1 | quote
          a: @x | 1 | quotes
          a: "x\\q" | 1 | escape
          b:\\n  c: 1\\n d: 2 | 3 | aligned
          a: 1\\nb\\nc: 2 | 2 | colon
          a: *x | 1 | anchor
          a: &x [*x] | 1 | contains itself
          ? [a]\\n: 1 | 1 | field name
          ~: 1 | 1 | field name
          a: .inf | 1 | JSON has no number
          a: !!int x | 1 | tag
          <<: 3 | 1 | merge key
          """)
  void saysWhatIsWrongAndWhere(String text, int line, String word) {
    JsonSyntaxException refusal = refusal(text.replace("\\n", "\n").replace("\\t", "\t"));
    assertThat(refusal).hasMessageContaining(word).hasMessageStartingWith("line ");
    assertThat(refusal.line()).isBetween(line, line + 1);
    assertThat(refusal.getMessage()).endsWith(".").doesNotContain("\n");
  }

  @Test
  void refusesAnExpansionThatGrowsWithoutBounds() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i))
          .append(("*a" + (i - 1) + ",").repeat(10))
          .append("]\n");
    }
    assertThat(refusal(bomb.toString())).hasMessageContaining("1000000 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void refusesDeepNesting(String step) {
    assertThat(refusal(step.repeat(20_000))).hasMessageContaining("nests deeper");
  }

  @Test
  void refusesTooManyBytesOrDocuments() {
    assertThat(refusal("#".repeat(YamlParser.BYTES_MAX + 1))).hasMessageContaining("bytes long");
    assertThat(refusal("---\na\n".repeat(1001))).hasMessageContaining("1000 documents");
  }

  @Test
  void refusesWhatIsNotUtf8OrNotPrintable() {
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> YamlParser.parseAll("ä".getBytes(StandardCharsets.ISO_8859_1)))
        .withMessageContaining("UTF-8");
    JsonSyntaxException refusal = refusal("a: 1\nb: x\u0000y");
    assertThat(refusal).hasMessageContaining("U+0000");
    assertThat(refusal.line()).isEqualTo(2);
  }
}
