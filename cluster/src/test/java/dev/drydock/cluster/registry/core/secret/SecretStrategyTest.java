package dev.drydock.cluster.registry.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;

class SecretStrategyTest {
  private final TestRegistry registry = new TestRegistry();

  private JsonObject created(String fields) {
    return registry.create("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n" + fields);
  }

  @Test
  void encodesPlainTextOverData() {
    JsonObject secret = created("data: {a: eA==, b: eA==}\nstringData: {a: hello}");
    assertThat(secret.has("stringData")).isFalse();
    assertThat(secret.strings("data")).containsEntry("a", "aGVsbG8=").containsEntry("b", "eA==");
    assertThat(secret.string("type")).isEqualTo("Opaque");
  }

  @Test
  void keepsItsType() {
    assertThat(registry.refusalOf(created(""), old -> old.with("type", "example.com/x")))
        .containsExactly("type: Invalid value: \"example.com/x\": field is immutable");
  }

  @Test
  void staysAsItIsOnceImmutable() {
    JsonObject secret = created("immutable: true\ndata: {a: eA==}");
    assertThat(registry.refusalOf(secret, old -> old.withAt(Json.of("eQ=="), "data", "a")))
        .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
    assertThat(registry.refusalOf(secret, old -> old.without("immutable")))
        .containsExactly("immutable: Forbidden: field is immutable when `immutable` is set");
  }

  @Test
  void alsoConfigMapsStayAsTheyAreOnceImmutable() {
    JsonObject map =
        registry.create(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nimmutable: true\ndata: {a: x}");
    assertThat(registry.refusalOf(map, old -> old.withAt(Json.of("y"), "data", "a")))
        .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
  }

  @Test
  void holdsNoMoreThanAMebibyte() {
    String large = "x".repeat(1 << 20);
    assertThat(
            registry.refusalOf(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: " + large + "x}"))
        .containsExactly(": Too long: may not be more than 1048576 bytes");
  }
}
