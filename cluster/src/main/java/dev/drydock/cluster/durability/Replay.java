package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Does again what {@link ChangeWriter} wrote down.
final class Replay {
  /// The fields of an object that its encoding for lists leaves out.
  static final List<String> TYPE = List.of("apiVersion", "kind");

  private final Map<ObjectKey, JsonObject> objects = new HashMap<>();
  private final DiskReplay disks = new DiskReplay();
  private long revision;
  private Instant now = Instant.EPOCH;
  private long entropy;

  /// Does every line of a text that is whole.
  ///
  /// @throws DurabilityException when a line means nothing
  void lines(byte[] text) throws DurabilityException {
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        line(Arrays.copyOfRange(text, start, i));
        start = i + 1;
      }
    }
    if (start != text.length) {
      throw new DurabilityException("The last line is cut off.");
    }
  }

  void line(byte[] text) throws DurabilityException {
    try {
      if (!(JsonParser.parse(text) instanceof JsonObject line)) {
        throw new DurabilityException("A line is no JSON object.");
      }
      change(line);
    } catch (JsonSyntaxException | IllegalArgumentException | DateTimeException e) {
      throw new DurabilityException("A line makes no sense.", e);
    }
  }

  private void change(JsonObject line) {
    if (line.has("put")) {
      put(key(line.array("put")), line);
    } else if (line.has("remove")) {
      objects.remove(key(line.array("remove")));
    } else if (line.has("now")) {
      now = Instant.parse(line.string("now"));
      revision = line.integer(0, "revision");
      entropy = line.integer(0, "entropy");
    } else {
      disks.change(line);
    }
  }

  private void put(ObjectKey key, JsonObject line) {
    JsonObject.Builder object = JsonObject.builder();
    for (String field : TYPE) {
      Json value = line.get(field);
      if (value != null) {
        object.put(field, value);
      }
    }
    line.object("object").fields().forEach(object::put);
    objects.put(key, object.build());
  }

  private static ObjectKey key(JsonArray parts) {
    if (parts.size() == 3
        && parts.get(0) instanceof JsonString(String resource)
        && parts.get(1) instanceof JsonString(String namespace)
        && parts.get(2) instanceof JsonString(String name)) {
      return new ObjectKey(resource, namespace, name);
    }
    throw new IllegalArgumentException("no key");
  }

  /// Whether a step has been read to its end.
  boolean hasState() {
    return revision > 0;
  }

  Durable state() {
    return new Durable(Store.of(revision, objects), now, entropy, disks.disks());
  }
}
