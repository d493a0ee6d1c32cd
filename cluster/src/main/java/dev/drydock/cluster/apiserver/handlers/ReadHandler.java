package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.Query;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.printers.Printers;
import dev.drydock.cluster.printers.TableGenerator;
import dev.drydock.cluster.printers.TableGenerator.Include;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Gets, lists and watches. Models apiserver/pkg/endpoints/handlers/get.go.
public final class ReadHandler {

  /// An object as stored, or as a table of one row.
  public Reply get(ServerRequest request, ResourceStore store) {
    StoredObject stored =
        store.get(context(request), request.info().namespace(), request.info().name());
    return request.wantsTable()
        ? table(request, store, List.of(stored), tableMetadata(stored))
        : reply(stored, store);
  }

  private static JsonObject tableMetadata(StoredObject stored) {
    return JsonObject.of("resourceVersion", Json.of(ObjectMeta.resourceVersion(stored.object())));
  }

  /// A stored object, in the version that the resource has.
  static Reply reply(StoredObject stored, ResourceStore store) {
    JsonObject versioned = Versions.of(stored.object(), store.resource());
    return versioned == stored.object()
        ? new Reply.Stored(stored)
        : new Reply.Single(200, versioned);
  }

  public Reply list(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    checkResourceVersion(info.query(), request.transaction().store().revision());
    Selectors selectors = Selectors.of(info.query(), store);
    List<StoredObject> all =
        store
            .list(context(request), info.namespace(), selectors.labels(), selectors.fields())
            .toList();
    Page page = page(all, info.query(), request.transaction().store().revision());
    if (request.wantsTable()) {
      return table(request, store, page.items(), page.metadata());
    }
    ImmutableList<StoredObject> items =
        Versions.areShared(store) ? Versions.of(page.items(), store) : page.items();
    return new Reply.Listing(
        store.resource().groupVersion().toString(),
        store.resource().listKind(),
        page.metadata(),
        items);
  }

  private static void checkResourceVersion(Query query, long revision) {
    String wanted = query.get("resourceVersion");
    if (wanted.isEmpty()) {
      return;
    }
    long number;
    try {
      number = Long.parseUnsignedLong(wanted);
    } catch (NumberFormatException e) {
      throw StatusException.badRequest(
          "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
              .formatted(wanted, wanted));
    }
    if (number > revision) {
      throw StatusException.tooLargeResourceVersion(number, revision);
    }
  }

  private static Reply table(
      ServerRequest request, ResourceStore store, List<StoredObject> items, JsonObject metadata) {
    return new Reply.Single(
        200,
        TableGenerator.table(
            Printers.columns(store.storageName()),
            items.stream().map(StoredObject::object).toList(),
            metadata,
            Include.of(request.info().query().get("includeObject")),
            true,
            new PrintContext(request.transaction().now())));
  }

  private record Page(ImmutableList<StoredObject> items, JsonObject metadata) {}

  /// The part of a list that `limit` and `continue` ask for.
  private static Page page(List<StoredObject> all, Query query, long revision) {
    JsonObject.Builder metadata =
        JsonObject.builder().put("resourceVersion", Long.toString(revision));
    long limit = query.number("limit", 0);
    String after = query.has("continue") ? continuesAfter(query.get("continue")) : "";
    List<StoredObject> rest =
        after.isEmpty()
            ? all
            : all.stream().filter(item -> position(item).compareTo(after) > 0).toList();
    if (limit <= 0 || rest.size() <= limit) {
      return new Page(ImmutableList.copyOf(rest), metadata.build());
    }
    ImmutableList<StoredObject> items = ImmutableList.copyOf(rest.subList(0, (int) limit));
    metadata.put("continue", continueToken(position(items.getLast()), revision));
    if (!query.has("labelSelector") && !query.has("fieldSelector")) {
      metadata.put("remainingItemCount", rest.size() - limit);
    }
    return new Page(items, metadata.build());
  }

  private static String position(StoredObject stored) {
    return ObjectMeta.namespace(stored.object()) + "/" + ObjectMeta.name(stored.object());
  }

  private static String continueToken(String position, long revision) {
    JsonObject token =
        JsonObject.builder()
            .put("v", "meta.k8s.io/v1")
            .put("rv", revision)
            .put("start", position)
            .build();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.bytes(token));
  }

  private static String continuesAfter(String token) {
    try {
      Json json =
          JsonParser.parse(
              new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
      if (json instanceof JsonObject object && !object.string("start").isEmpty()) {
        return object.string("start");
      }
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      // Falls through: whatever is wrong with it, it is not a token of ours.
    }
    throw StatusException.badRequest("continue key is not valid: illegal base64 data or content");
  }

  public Reply watch(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    Query query = info.query();
    Selectors selectors = Selectors.of(query, store);
    long revision = request.transaction().store().revision();
    checkResourceVersion(query, revision);
    String version = query.get("resourceVersion");
    boolean sendInitial = query.isOn("sendInitialEvents");
    boolean fromNow = version.isEmpty() || version.equals("0") || sendInitial;
    long from = fromNow ? revision : query.number("resourceVersion", revision);
    if (from < request.transaction().store().compacted()) {
      throw StatusException.expired(
          "too old resource version: %d (%d)"
              .formatted(from, request.transaction().store().compacted()));
    }
    boolean initial = query.has("sendInitialEvents") ? sendInitial : fromNow;
    return new Reply.Stream(
        new LongRunning.Watch(
            store.resource(),
            info.namespace(),
            selectors.labels(),
            selectors.fields(),
            from,
            initial,
            sendInitial,
            query.isOn("allowWatchBookmarks"),
            query.number("timeoutSeconds", 0),
            request.wantsTable(),
            query.get("includeObject")));
  }

  static StrategyContext context(ServerRequest request) {
    return new StrategyContext(request.transaction(), request.user(), request.warnings()::add);
  }
}
