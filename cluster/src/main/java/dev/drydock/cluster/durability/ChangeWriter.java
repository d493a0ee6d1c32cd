package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.cri.Disks;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.StoreEvent;
import dev.drydock.cluster.storage.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes what changed in a cluster as lines of JSON: the changes that lead from one state to
/// another or, for a snapshot, from nothing to a state. {@link Replay} does them again.
final class ChangeWriter {
  private final OutputStream out;

  ChangeWriter(OutputStream out) {
    this.out = out;
  }

  /// The changes of one step; nothing is written when nothing that is kept changed.
  static void step(ClusterState before, ClusterState after, OutputStream out) throws IOException {
    boolean sameObjects = before.store() == after.store();
    boolean sameDisks = Disks.areSame(before.runtime(), after.runtime());
    if (sameObjects && sameDisks) {
      return;
    }
    ChangeWriter writer = new ChangeWriter(out);
    for (StoreEvent event : after.store().since(before.store().revision())) {
      writer.event(event);
    }
    boolean moved =
        !sameDisks
            && new DiskWriter(writer).write(Disks.of(before.runtime()), Disks.of(after.runtime()));
    if (moved || !sameObjects) {
      writer.end(after.store().revision(), after.now().toString(), after.entropy());
    }
  }

  /// All that is kept of a cluster.
  static void everything(Durable state, OutputStream out) throws IOException {
    ChangeWriter writer = new ChangeWriter(out);
    for (StoreEvent event : state.store().asAdded()) {
      writer.event(event);
    }
    new DiskWriter(writer).write(Disks.NONE, state.disks());
    writer.end(state.store().revision(), state.now().toString(), state.entropy());
  }

  private void event(StoreEvent event) throws IOException {
    switch (event.type()) {
      case ADDED, MODIFIED -> put(event.key(), event.object());
      case DELETED -> line(JsonObject.of("remove", key(event.key())));
    }
  }

  private static JsonArray key(ObjectKey key) {
    return JsonArray.copyOf(
        List.of(Json.of(key.resource()), Json.of(key.namespace()), Json.of(key.name())));
  }

  /// The object's own encoding, which answers and watches need anyway, is what is written.
  private void put(ObjectKey key, StoredObject stored) throws IOException {
    JsonObject.Builder head = JsonObject.builder().put("put", key(key));
    for (String field : Replay.TYPE) {
      Json value = stored.object().get(field);
      if (value != null) {
        head.put(field, value);
      }
    }
    byte[] before = JsonWriter.bytes(head.build());
    out.write(before, 0, before.length - 1);
    out.write(OBJECT);
    out.write(stored.encoded());
    out.write(END);
  }

  private static final byte[] OBJECT = ",\"object\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);

  private void end(long revision, String now, long entropy) throws IOException {
    line(
        JsonObject.builder()
            .put("now", now)
            .put("revision", revision)
            .put("entropy", entropy)
            .build());
  }

  void line(JsonObject line) throws IOException {
    out.write(JsonWriter.bytes(line));
    out.write('\n');
  }
}
