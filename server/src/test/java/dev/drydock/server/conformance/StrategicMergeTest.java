package dev.drydock.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.patch.StrategicMergePatch;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import dev.drydock.server.kubectl.Kubectl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares with the real implementation, which kubectl runs on files: for each built-in kind an
/// object whose every list holds items a, b and c, and patches that change them all.
class StrategicMergeTest {
  private static final int KINDS_MIN = 40;

  @TempDir Path folder;

  @Test
  void mergesEveryListOfEveryKindAsKubectlDoes() throws Exception {
    Path kubectl = Kubectl.pinned(_ -> {}).path();
    List<String> differences = new ArrayList<>();
    Set<String> compared = new HashSet<>();
    for (ApiResource resource : ResourceTable.builtIn().resources()) {
      ObjectType type = Schemas.of(resource.groupVersionKind());
      if (type == null || !resource.stored()) {
        continue;
      }
      JsonObject original = object(resource, new Sample(StrategicMergeTest::three).of(type));
      for (JsonObject patch :
          List.of(new Sample(this::changed).of(type), new Sample(this::ordered).of(type))) {
        String expected = run(kubectl, original, patch);
        if (expected.startsWith("{")) {
          compared.add(resource.kind());
          JsonObject actual = StrategicMergePatch.apply(type, original, patch);
          JsonObject real = JsonParser.parseTrusted(expected);
          if (!actual.equals(real)) {
            differences.add(
                "%s\n  ours: %s\n  real: %s"
                    .formatted(
                        resource.kind(), JsonWriter.string(actual), JsonWriter.string(real)));
          }
        } else if (!expected.contains("is not supported for")) {
          differences.add(resource.kind() + ": " + expected);
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).hasSizeGreaterThan(KINDS_MIN);
  }

  private static JsonObject object(ApiResource resource, JsonObject sample) {
    return sample
        .with("apiVersion", resource.groupVersion().toString())
        .with("kind", resource.kind())
        .withObject("metadata", metadata -> metadata.with("name", "x"));
  }

  /// Builds an object that has something in every list, by what a function puts there.
  private static final class Sample {
    private final BiFunction<FieldSchema, Sample, JsonObject> lists;
    private final Set<String> within = new HashSet<>();

    Sample(BiFunction<FieldSchema, Sample, JsonObject> lists) {
      this.lists = lists;
    }

    JsonObject of(TypeSchema type) {
      if (!(type instanceof ObjectType object) || !within.add(object.name())) {
        return JsonObject.EMPTY;
      }
      JsonObject.Builder fields = JsonObject.builder();
      for (FieldSchema field : object.fields().values()) {
        if (field.type() instanceof ListType) {
          lists.apply(field, this).fields().forEach(fields::put);
        } else if (field.type() instanceof ObjectType below && !field.name().equals("status")) {
          fields.putUnlessEmpty(field.name(), of(below));
        }
      }
      within.remove(object.name());
      return fields.build();
    }
  }

  private static JsonObject three(FieldSchema field, Sample sample) {
    return JsonObject.of(
        field.name(),
        JsonArray.of(item(field, 1, sample), item(field, 2, sample), item(field, 3, sample)));
  }

  /// The second item again, with changes inside, and a fourth.
  private JsonObject changed(FieldSchema field, Sample sample) {
    return JsonObject.of(
        field.name(), JsonArray.of(item(field, 2, sample), item(field, 4, sample)));
  }

  /// The first item deleted, a fourth added, and an order given.
  private JsonObject ordered(FieldSchema field, Sample sample) {
    if (!field.hasPatchStrategy("merge")) {
      return JsonObject.EMPTY;
    }
    JsonArray order = JsonArray.of(key(field, 4), key(field, 3), key(field, 2));
    if (field.mergeKey().isEmpty()) {
      return JsonObject.of(
              "$deleteFromPrimitiveList/" + field.name(),
              JsonArray.of(key(field, 1)),
              "$setElementOrder/" + field.name(),
              order)
          .with(field.name(), JsonArray.of(key(field, 4)));
    }
    JsonObject deleted = ((JsonObject) key(field, 1)).with("$patch", "delete");
    return JsonObject.of(
        "$setElementOrder/" + field.name(),
        order,
        field.name(),
        JsonArray.of(deleted, item(field, 4, sample)));
  }

  private static Json item(FieldSchema field, int number, Sample sample) {
    Json key = key(field, number);
    if (!(key instanceof JsonObject object)
        || !(field.type() instanceof ListType(TypeSchema items))) {
      return key;
    }
    JsonObject.Builder item = sample.of(items).toBuilder();
    object.fields().forEach(item::put);
    return item.build();
  }

  private static Json key(FieldSchema field, int number) {
    TypeSchema items = ((ListType) field.type()).items();
    if (!(items instanceof ObjectType object)) {
      return scalar(items, number);
    }
    FieldSchema key = field.mergeKey().isEmpty() ? null : object.field(field.mergeKey());
    return key == null ? JsonObject.EMPTY : JsonObject.of(key.name(), scalar(key.type(), number));
  }

  private static Json scalar(TypeSchema type, int number) {
    return type == Scalar.INT32 || type == Scalar.INT64 || type == Scalar.INT_OR_STRING
        ? Json.of(number)
        : Json.of("item" + number);
  }

  private String run(Path kubectl, JsonObject original, JsonObject patch)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("original.json"), JsonWriter.bytes(original));
    Path patchFile = Files.write(folder.resolve("patch.json"), JsonWriter.bytes(patch));
    ProcessBuilder builder =
        new ProcessBuilder(
            kubectl.toString(),
            "patch",
            "--local",
            "-f",
            file.toString(),
            "--type",
            "strategic",
            "--patch-file",
            patchFile.toString(),
            "-o",
            "json",
            "--show-managed-fields");
    builder.environment().put("KUBECONFIG", "/dev/null");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
