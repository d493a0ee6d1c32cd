package dev.drydock.cluster.fuzz;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import java.util.Random;

/// Makes values: of a type of the API, of any other, and such as break things.
final class Values {
  private static final int DEPTH_MAX = 7;

  private static final ImmutableList<String> STRINGS =
      ImmutableList.of(
          "",
          "a",
          "web",
          "default",
          "kube-system",
          "nginx:1.27",
          "busybox",
          "Always",
          "Never",
          "TCP",
          "UDP",
          "RollingUpdate",
          "/",
          "/data",
          "../..",
          "a/b",
          "app=web",
          "*",
          "10.96.0.10",
          "::1",
          "1.2.3.4/33",
          "100m",
          "1Gi",
          "1e400",
          "-1",
          "0",
          "99999999999999999999",
          "25%",
          "101%",
          "2026-11-01T09:00:00Z",
          "9999-99-99T99:99:99Z",
          "YQ==",
          "%%%",
          "\u0000",
          "\ud83d\ude00",
          "\u202e",
          "x".repeat(64),
          "x".repeat(254),
          "A_B",
          "-a",
          "a..b",
          "{{",
          "$(",
          "${x",
          "[",
          "(?<n>",
          "kubernetes.io/metadata.name",
          "* * * * *",
          "@every 1s",
          "self.x",
          "object.spec.replicas > 1",
          "true",
          "null");

  private static final ImmutableList<Long> INTEGERS =
      ImmutableList.of(
          0L,
          1L,
          2L,
          3L,
          80L,
          8080L,
          65535L,
          65536L,
          -1L,
          30000L,
          256L,
          420L,
          (long) Integer.MAX_VALUE,
          (long) Integer.MIN_VALUE,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private final Random random;

  Values(Random random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(ImmutableList<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String string() {
    return one(STRINGS);
  }

  /// A value of any shape.
  Json any(int depth) {
    return switch (random.nextInt(depth > DEPTH_MAX ? 6 : 9)) {
      case 0 -> JsonNull.NULL;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(one(INTEGERS));
      case 3 -> new JsonNumber(0.5 * random.nextInt());
      case 4, 5 -> Json.of(string());
      case 6 -> JsonArray.EMPTY;
      case 7 -> JsonArray.of(any(depth + 1), any(depth + 1));
      default -> JsonObject.of(string(), any(depth + 1), "name", any(depth + 1));
    };
  }

  /// A value that the type allows, with some of its fields.
  Json of(TypeSchema type, int depth) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar, depth);
      case ListType(TypeSchema items) -> list(items, depth);
      case MapType(TypeSchema values) -> map(values, depth);
      case ObjectType object -> object(object, depth);
    };
  }

  private Json scalar(Scalar scalar, int depth) {
    return switch (scalar) {
      case STRING, BYTES, TIME, MICRO_TIME -> Json.of(string());
      case INT32, INT64 -> Json.of(one(INTEGERS));
      case DOUBLE -> new JsonNumber(random.nextGaussian());
      case BOOL -> Json.of(random.nextBoolean());
      case QUANTITY, INT_OR_STRING ->
          random.nextBoolean() ? Json.of(string()) : Json.of(one(INTEGERS));
      case ANY -> any(depth + 1);
    };
  }

  private Json list(TypeSchema items, int depth) {
    JsonArray list = JsonArray.EMPTY;
    for (int i = random.nextInt(depth > DEPTH_MAX ? 1 : 3); i > 0; i--) {
      list = list.plus(of(items, depth + 1));
    }
    return list;
  }

  private Json map(TypeSchema values, int depth) {
    JsonObject.Builder map = JsonObject.builder();
    for (int i = random.nextInt(depth > DEPTH_MAX ? 1 : 3); i > 0; i--) {
      map.put(string(), of(values, depth + 1));
    }
    return map.build();
  }

  private Json object(ObjectType type, int depth) {
    JsonObject.Builder object = JsonObject.builder();
    for (FieldSchema field : type.fields().values()) {
      if (depth <= DEPTH_MAX && chance(field.required() ? 0.95 : depth < 2 ? 0.5 : 0.15)) {
        object.put(field.name(), of(field.type(), depth + 1));
      }
    }
    return object.build();
  }
}
