package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.LongRunning.Watch;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.printers.TableGenerator;
import dev.drydock.cluster.printers.TableGenerator.Include;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoreEvent;
import dev.drydock.cluster.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// A watch as a cursor into the history of the store. Used by one thread.
///
/// An object that begins to match the selectors is told as ADDED, one that ceases to as DELETED.
/// Models apiserver/pkg/storage/cacher.
public final class WatchCursor {
  private final Watch watch;
  private final ResourceStore resource;
  private long seen;
  private boolean begun;
  private boolean columnsSent;

  public WatchCursor(Watch watch, ResourceStore resource) {
    this.watch = watch;
    this.resource = resource;
    this.seen = watch.from();
  }

  /// Hands out the events that have come since the last call, each as a line of JSON.
  ///
  /// @return false when the watch has fallen behind what the store remembers, and is over
  public boolean next(Store store, Instant now, Consumer<byte[]> out) {
    if (!begun) {
      begun = true;
      if (watch.initial()) {
        initial(store, now, out);
        return true;
      }
    }
    if (seen < store.compacted()) {
      JsonObject gone =
          StatusException.expired(
                  "too old resource version: %d (%d)".formatted(seen, store.compacted()))
              .status();
      out.accept(line("ERROR", JsonWriter.bytes(gone)));
      return false;
    }
    for (StoreEvent event : store.since(seen)) {
      tell(event, now, out);
    }
    seen = store.revision();
    return true;
  }

  private void initial(Store store, Instant now, Consumer<byte[]> out) {
    List<StoredObject> all =
        store
            .list(resource.storageName(), watch.namespace())
            .filter(stored -> matches(stored.object()))
            .toList();
    all.forEach(stored -> out.accept(event("ADDED", stored, now)));
    seen = store.revision();
    if (watch.bookmarkInitial()) {
      out.accept(bookmark(true, now));
    }
  }

  /// A bookmark with the revision up to which everything has been told.
  public byte[] bookmark(Instant now) {
    return bookmark(false, now);
  }

  private byte[] bookmark(boolean endOfInitial, Instant now) {
    JsonObject.Builder metadata = JsonObject.builder().put("resourceVersion", Long.toString(seen));
    if (endOfInitial) {
      metadata.put("annotations", JsonObject.of("k8s.io/initial-events-end", Json.of("true")));
    }
    JsonObject object =
        JsonObject.builder()
            .put("kind", resource.resource().kind())
            .put("apiVersion", resource.resource().groupVersion().toString())
            .put("metadata", metadata.build())
            .build();
    return line("BOOKMARK", watch.table() ? table(object, now) : JsonWriter.bytes(object));
  }

  private boolean matches(JsonObject object) {
    return resource.matches(object, watch.labels(), watch.fields());
  }

  private void tell(StoreEvent event, Instant now, Consumer<byte[]> out) {
    if (!event.key().resource().equals(resource.storageName())
        || !(watch.namespace().isEmpty() || watch.namespace().equals(event.key().namespace()))) {
      return;
    }
    boolean before = event.previous() != null && matches(event.previous().object());
    boolean after = event.type() != StoreEvent.Type.DELETED && matches(event.object().object());
    if (after) {
      out.accept(event(before ? "MODIFIED" : "ADDED", event.object(), now));
    } else if (before) {
      out.accept(event("DELETED", lastMatching(event), now));
    }
  }

  /// What is told of an object that no longer matches: its last matching state, with the new
  /// revision.
  private static StoredObject lastMatching(StoreEvent event) {
    StoredObject previous = event.previous();
    if (event.type() == StoreEvent.Type.DELETED || previous == null) {
      return event.object();
    }
    return event
        .object()
        .with(
            ObjectMeta.with(
                previous.object(), "resourceVersion", Json.of(Long.toString(event.revision()))));
  }

  private byte[] event(String type, StoredObject stored, Instant now) {
    StoredObject versioned = stored.with(resource.shown(stored.object()));
    return line(type, watch.table() ? table(stored.object(), now) : Encoding.typed(versioned));
  }

  private byte[] table(JsonObject object, Instant now) {
    JsonObject metadata =
        JsonObject.of("resourceVersion", Json.of(ObjectMeta.resourceVersion(object)));
    boolean withColumns = !columnsSent;
    columnsSent = true;
    return JsonWriter.bytes(
        TableGenerator.table(
            resource.representation().columns(),
            List.of(object),
            resource::shown,
            metadata,
            Include.of(watch.includeObject()),
            withColumns,
            new PrintContext(now)));
  }

  private static byte[] line(String type, byte[] object) {
    byte[] head = "{\"type\":\"%s\",\"object\":".formatted(type).getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[head.length + object.length + 2];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(object, 0, line, head.length, object.length);
    line[line.length - 2] = '}';
    line[line.length - 1] = '\n';
    return line;
  }
}
