package dev.drydock.cluster.apimachinery.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoSyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{~unexpected end of JSON input",
        "``~unexpected end of JSON input",
        "x~invalid character 'x' looking for beginning of value",
        "foo: bar~invalid character 'o' in literal false (expecting 'a')",
        "{\"a\":1,}~invalid character '}' looking for beginning of object key string",
        "{a:1}~invalid character 'a' looking for beginning of object key string",
        "{\"a\" 1}~invalid character '1' after object key",
        "{\"a\":1 \"b\":2}~invalid character '\"' after object key:value pair",
        "[1 2]~invalid character '2' after array element",
        "[1,]~invalid character ']' looking for beginning of value",
        "{} x~invalid character 'x' after top-level value",
        "\"a\\q\"~invalid character 'q' in string escape code",
        "\"\\u12g4\"~invalid character 'g' in \\u hexadecimal character escape",
        "-x~invalid character 'x' in numeric literal",
        "1.x~invalid character 'x' after decimal point in numeric literal",
        "1ex~invalid character 'x' in exponent of numeric literal",
        "01~invalid character '1' after top-level value",
        "'a'~invalid character '\\'' looking for beginning of value"
      })
  void saysWhatIsWrongInGosWords(String text, String problem) {
    assertThat(GoSyntax.problem(text.getBytes(StandardCharsets.UTF_8))).hasValue(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", " [1, -2.5e+3, \"\\u00e9\", true, false, null] ", "{\"a\":{\"b\":[]}}"})
  void findsNothingWrongWithJson(String text) {
    assertThat(GoSyntax.problem(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
