package dev.drydock.cluster.apimachinery.patch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.patch.PatchException.Answer;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The results were read off `kubectl patch --local --type json`, which uses the API server's
/// library.
class JsonPatchTest {
  private static final JsonObject DOCUMENT =
      JsonParser.parseTrusted(
          "{\"x\":{\"a/b\":\"1\",\"c~d\":\"2\"},\"l\":[1,2,3],\"m\":{\"k\":\"v\"},\"s\":\"str\"}");

  private static Json json(String text) {
    try {
      return JsonParser.parse(text);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonObject apply(String patch) throws PatchException {
    return JsonPatch.apply(DOCUMENT, json(patch));
  }

  private static PatchException refusal(String patch) {
    return catchThrowableOfType(PatchException.class, () -> apply(patch));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"remove","path":"/l/-1"} | l | [1,2]
          {"op":"remove","path":"/l/0"} | l | [2,3]
          {"op":"add","path":"/l/-","value":4} | l | [1,2,3,4]
          {"op":"add","path":"/l/-1","value":4} | l | [1,2,3,4]
          {"op":"add","path":"/l/0","value":0} | l | [0,1,2,3]
          {"op":"add","path":"/l/3","value":0} | l | [1,2,3,0]
          {"op":"add","path":"/l/01","value":7} | l | [1,7,2,3]
          {"op":"replace","path":"/l/1","value":9} | l | [1,9,3]
          {"op":"move","from":"/l/0","path":"/l/2"} | l | [2,3,1]
          {"op":"move","from":"/s","path":"/m/t"} | m | {"k":"v","t":"str"}
          {"op":"copy","from":"/s","path":"/m/t"} | m | {"k":"v","t":"str"}
          {"op":"copy","from":"/q","path":"/m/t"} | m | {"k":"v","t":null}
          {"op":"replace","path":"/m/new","value":1} | m | {"k":"v","new":1}
          {"op":"add","path":"m/zz","value":1} | m | {"k":"v"}
          {"op":"add","path":"/m/zz"} | m | {"k":"v","zz":null}
          {"op":"add","path":"/m/","value":7} | m | {"k":"v","":7}
          {"op":"remove","path":"/x/a~1b"} | x | {"c~d":"2"}
          {"op":"remove","path":"/x/c~0d"} | x | {"a/b":"1"}
          {"op":"test","path":"/m","value":{"k":"v"}} | m | {"k":"v"}
          {"op":"test","path":"/l/0","value":1.0} | m | {"k":"v"}
          {"op":"test","path":"/q","value":null} | m | {"k":"v"}
          """)
  void changesAsTheServersLibraryDoes(String operation, String field, String expected)
      throws PatchException {
    assertThat(JsonWriter.string(requireNonNull(apply("[" + operation + "]").get(field))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"remove","path":"/q"} | error in remove for path: '/q': Unable to remove nonexistent key: q: missing value
          {"op":"remove","path":"/q/y"} | remove operation does not apply: doc is missing path: "/q/y": missing value
          {"op":"remove","path":""} | remove operation does not apply: doc is missing path: "": missing value
          {"op":"remove","path":"/l/9"} | error in remove for path: '/l/9': Unable to access invalid index: 9: invalid index referenced
          {"op":"remove","path":"/l/x"} | error in remove for path: '/l/x': strconv.Atoi: parsing "x": invalid syntax
          {"op":"replace","path":"/q/y","value":1} | replace operation does not apply: doc is missing path: /q/y: missing value
          {"op":"replace","path":"/l/9","value":1} | replace operation does not apply: doc is missing key: /l/9: missing value
          {"op":"add","path":"/q/y","value":1} | add operation does not apply: doc is missing path: "/q/y": missing value
          {"op":"add","path":"/s/y","value":1} | add operation does not apply: doc is missing path: "/s/y": missing value
          {"op":"add","path":"/l/9","value":1} | error in add for path: '/l/9': Unable to access invalid index: 9: invalid index referenced
          {"op":"add","path":"/l/x","value":1} | error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax
          {"op":"add","value":1} | add operation failed to decode path: missing value
          {"op":"test","path":"/s","value":"x"} | testing value /s failed: test failed
          {"op":"test","path":"/q","value":"x"} | testing value /q failed: test failed
          {"op":"test","path":"/l/7","value":null} | error in test for path: '/l/7': Unable to access invalid index: 7: invalid index referenced
          {"op":"test","path":"/q/y/z","value":1} | test operation does not apply: is missing path: /q/y/z: missing value
          {"op":"move","from":"/q","path":"/t"} | error in move for path: 'q': Unable to remove nonexistent key: q: missing value
          {"op":"move","from":"/q/r","path":"/t"} | move operation does not apply: doc is missing from path: /q/r: missing value
          {"op":"copy","from":"/q/r","path":"/t"} | copy operation does not apply: doc is missing from path: /q/r: missing value
          {"op":"copy","from":"/s","path":"/q/t"} | copy operation does not apply: doc is missing destination path: /q/t: missing value
          {"op":"bogus","path":"/t"} | Unexpected kind: bogus
          {"path":"/t"} | Unexpected kind: unknown
          """)
  void refusesInTheWordsOfTheServersLibrary(String operation, String message) {
    PatchException refusal = refusal("[" + operation + "]");
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.answer()).isEqualTo(Answer.UNPROCESSABLE);
  }

  @Test
  void refusesWhatIsNoPatch() {
    assertThat(refusal("{\"op\":\"add\"}"))
        .hasMessage("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
    assertThat(refusal("[1]"))
        .hasMessage("json: cannot unmarshal number into Go value of type jsonpatch.Operation");
    assertThat(refusal("[1]").answer()).isEqualTo(Answer.BAD_REQUEST);
  }

  @Test
  void appliesOperationsInOrder() throws PatchException {
    assertThat(
            apply(
                """
                [{"op":"add","path":"/new","value":{}},{"op":"add","path":"/new/a","value":[]},
                 {"op":"add","path":"/new/a/-","value":1},{"op":"remove","path":"/s"}]
                """))
        .satisfies(
            result -> {
              assertThat(result.array("new", "a")).containsExactly(Json.of(1));
              assertThat(result.has("s")).isFalse();
            });
  }

  @Test
  void replacesTheWholeDocument() throws PatchException {
    assertThat(apply("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"a\":1}}]"))
        .isEqualTo(JsonObject.of("a", Json.of(1)));
  }

  @Test
  void refusesTooManyOperationsAndTooMuchCopying() {
    Json operation = json("{\"op\":\"test\",\"path\":\"/s\",\"value\":\"str\"}");
    JsonArray many = JsonArray.copyOf(Collections.nCopies(10_001, operation));
    assertThat(catchThrowableOfType(PatchException.class, () -> JsonPatch.apply(DOCUMENT, many)))
        .hasMessage("The allowed maximum operations in a JSON patch is 10000, got 10001");
    String growing =
        "{\"op\":\"copy\",\"from\":\"/m\",\"path\":\"/m/a\"},"
            + "{\"op\":\"copy\",\"from\":\"/m\",\"path\":\"/m/b\"},";
    assertThat(refusal("[" + growing.repeat(30) + "{\"op\":\"remove\",\"path\":\"/m\"}]"))
        .hasMessageStartingWith("Unable to complete the copy");
  }

  @Test
  void mergesObjectsRemovesNullsAndReplacesTheRest() {
    JsonObject patch =
        JsonParser.parseTrusted(
            "{\"m\":{\"k\":null,\"n\":{\"o\":null,\"p\":1}},\"l\":[9],\"s\":null}");
    assertThat(JsonWriter.string(MergePatch.apply(DOCUMENT, patch)))
        .isEqualTo("{\"x\":{\"a/b\":\"1\",\"c~d\":\"2\"},\"l\":[9],\"m\":{\"n\":{\"p\":1}}}");
  }
}
