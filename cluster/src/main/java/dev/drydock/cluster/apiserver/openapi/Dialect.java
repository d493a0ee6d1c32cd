package dev.drydock.cluster.apiserver.openapi;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// How the two versions of OpenAPI differ where it matters here.
enum Dialect {
  V2 {
    @Override
    JsonObject reference(String name) {
      return JsonObject.of("$ref", Json.of("#/definitions/" + name));
    }

    @Override
    JsonObject either(String format, String first, String second) {
      return SchemaWriter.typed("string", format);
    }
  },
  V3 {
    /// Wrapped, because a reference must stand alone and a description is put beside it.
    @Override
    JsonObject reference(String name) {
      JsonObject reference = JsonObject.of("$ref", Json.of("#/components/schemas/" + name));
      return JsonObject.of("allOf", JsonArray.of(reference));
    }

    @Override
    JsonObject either(String format, String first, String second) {
      return JsonObject.builder()
          .putUnlessEmpty("format", format)
          .put("oneOf", JsonArray.of(SchemaWriter.typed(first, ""), SchemaWriter.typed(second, "")))
          .build();
    }
  };

  abstract JsonObject reference(String name);

  /// A value of one of two types.
  abstract JsonObject either(String format, String first, String second);
}
