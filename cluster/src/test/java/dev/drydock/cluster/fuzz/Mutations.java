package dev.drydock.cluster.fuzz;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Damages what is right: fields of an object, or bytes of a text.
final class Mutations {
  private static final int LONG_RUN = 20_000;

  private final Values values;

  Mutations(Values values) {
    this.values = values;
  }

  /// The value with one thing in it changed, dropped or added.
  Json fields(Json value) {
    return switch (value) {
      case JsonObject object when !object.isEmpty() -> object(object);
      case JsonArray array when !array.isEmpty() -> array(array);
      default -> values.any(0);
    };
  }

  private Json object(JsonObject object) {
    List<String> names = List.copyOf(object.fields().keySet());
    String name = names.get(values.below(names.size()));
    Json field = object.fields().getOrDefault(name, Json.of(""));
    return switch (values.below(10)) {
      case 0 -> object.without(name);
      case 1 -> object.with(name, values.any(0));
      case 2 -> object.with(values.string(), field);
      case 3 -> renamed(object, name);
      default -> object.with(name, fields(field));
    };
  }

  private JsonObject renamed(JsonObject object, String name) {
    JsonObject.Builder renamed = JsonObject.builder();
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      renamed.put(field.getKey().equals(name) ? name + "x" : field.getKey(), field.getValue());
    }
    return renamed.build();
  }

  private Json array(JsonArray array) {
    List<Json> items = new ArrayList<>();
    array.forEach(items::add);
    int at = values.below(items.size());
    switch (values.below(5)) {
      case 0 -> items.remove(at);
      case 1 -> items.add(items.get(at));
      case 2 -> items.set(at, values.any(0));
      default -> items.set(at, fields(items.get(at)));
    }
    return JsonArray.copyOf(items);
  }

  /// The bytes with some flipped, dropped, doubled or put in, a few times over.
  byte[] bytes(byte[] text) {
    byte[] changed = text;
    for (int i = values.below(4); i >= 0; i--) {
      changed = once(changed);
    }
    return changed;
  }

  private byte[] once(byte[] text) {
    if (text.length == 0) {
      return new byte[] {(byte) values.below(256)};
    }
    int at = values.below(text.length);
    int end = Math.min(text.length, at + 1 + values.below(20));
    return switch (values.below(7)) {
      case 0 -> flipped(text, at);
      case 1 -> Arrays.copyOf(text, at);
      case 2 -> joined(Arrays.copyOf(text, at), Arrays.copyOfRange(text, end, text.length));
      case 3 -> joined(Arrays.copyOf(text, end), Arrays.copyOfRange(text, at, text.length));
      case 4 -> inserted(text, at, run((byte) "[{\"\\,:-0".charAt(values.below(8))));
      case 5 -> inserted(text, at, new byte[] {(byte) values.below(256)});
      default ->
          inserted(text, at, values.string().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    };
  }

  private byte[] run(byte of) {
    byte[] run = new byte[values.chance(0.1) ? LONG_RUN : 1 + values.below(3)];
    Arrays.fill(run, of);
    return run;
  }

  private byte[] flipped(byte[] text, int at) {
    byte[] flipped = text.clone();
    flipped[at] ^= (byte) (1 << values.below(8));
    return flipped;
  }

  private static byte[] inserted(byte[] text, int at, byte[] piece) {
    return joined(
        joined(Arrays.copyOf(text, at), piece), Arrays.copyOfRange(text, at, text.length));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
