package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.Query;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.printers.Column;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.printers.TableGenerator;
import dev.drydock.cluster.printers.TableGenerator.Include;
import dev.drydock.cluster.printers.TableRow;
import dev.drydock.cluster.registry.rest.Conversion;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoredObject;
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
    JsonObject versioned = store.shown(stored.object());
    return versioned == stored.object()
        ? new Reply.Stored(stored)
        : new Reply.Single(200, versioned);
  }

  public Reply list(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    RequestOptions.checkList(info.query());
    Selectors selectors = Selectors.of(info.query(), store);
    checkResourceVersion(
        info.query(), "invalid resource version: ", request.transaction().store().revision());
    Store objects = request.transaction().store();
    String token = info.query().get("continue");
    ContinueToken from =
        token.isEmpty() ? new ContinueToken(objects.revision(), "") : ContinueToken.decode(token);
    List<StoredObject> all =
        store
            .list(
                objectsAt(from, objects), info.namespace(), selectors.labels(), selectors.fields())
            .toList();
    Page page = page(all, info.query(), from, objects.revision());
    if (request.wantsTable()) {
      return table(request, store, page.items(), page.metadata());
    }
    return new Reply.Listing(
        store.resource().groupVersion().toString(),
        store.resource().listKind(),
        page.metadata(),
        shown(page.items(), store));
  }

  private static ImmutableList<StoredObject> shown(
      ImmutableList<StoredObject> items, ResourceStore store) {
    return store.representation().conversion() == Conversion.NONE
        ? items
        : items.stream()
            .map(item -> item.with(store.shown(item.object())))
            .collect(ImmutableList.toImmutableList());
  }

  private static void checkResourceVersion(Query query, String what, long revision) {
    String wanted = query.get("resourceVersion");
    if (wanted.isEmpty()) {
      return;
    }
    long number;
    try {
      number = Long.parseUnsignedLong(wanted);
    } catch (NumberFormatException e) {
      throw StatusException.badRequest(
          "%sresourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
              .formatted(what, wanted, wanted));
    }
    if (number > revision) {
      throw StatusException.tooLargeResourceVersion(number, revision);
    }
  }

  private static Reply table(
      ServerRequest request, ResourceStore store, List<StoredObject> items, JsonObject metadata) {
    ImmutableList<Column> columns = store.representation().columns();
    Include include = Include.of(request.info().query().get("includeObject"));
    PrintContext context = new PrintContext(request.transaction().now());
    if (include == Include.METADATA) {
      List<TableRow> rows = items.stream().map(stored -> row(stored, columns)).toList();
      return Reply.Document.json(TableGenerator.encoded(columns, rows, metadata, context));
    }
    return new Reply.Single(
        200,
        TableGenerator.table(
            columns,
            items.stream().map(StoredObject::object).toList(),
            store::shown,
            metadata,
            include,
            true,
            context));
  }

  private static TableRow row(StoredObject stored, ImmutableList<Column> columns) {
    if (stored.derived() instanceof TableRow kept && kept.has(columns)) {
      return kept;
    }
    TableRow row = TableRow.of(columns, stored.object());
    stored.keep(row);
    return row;
  }

  private record Page(ImmutableList<StoredObject> items, JsonObject metadata) {}

  /// The objects that the pages of a list show, all of one revision.
  private static Store objectsAt(ContinueToken from, Store now) {
    if (from.revision() == ContinueToken.ANY) {
      return now;
    }
    if (from.revision() < now.compacted()) {
      throw from.tooOld();
    }
    return now.at(from.revision());
  }

  /// The part of a list that `limit` and `continue` ask for.
  private static Page page(List<StoredObject> all, Query query, ContinueToken from, long now) {
    long revision = from.revision() == ContinueToken.ANY ? now : from.revision();
    JsonObject.Builder metadata =
        JsonObject.builder().put("resourceVersion", Long.toString(revision));
    long limit = query.number("limit", 0);
    List<StoredObject> rest =
        from.after().isEmpty()
            ? all
            : all.stream().filter(item -> position(item).compareTo(from.after()) > 0).toList();
    if (limit <= 0 || rest.size() <= limit) {
      return new Page(ImmutableList.copyOf(rest), metadata.build());
    }
    ImmutableList<StoredObject> items = ImmutableList.copyOf(rest.subList(0, (int) limit));
    metadata.put(
        "continue", new ContinueToken(from.revision(), position(items.getLast())).encode());
    if (query.get("labelSelector").isEmpty() && query.get("fieldSelector").isEmpty()) {
      metadata.put("remainingItemCount", rest.size() - limit);
    }
    return new Page(items, metadata.build());
  }

  private static String position(StoredObject stored) {
    return ObjectMeta.namespace(stored.object()) + "/" + ObjectMeta.name(stored.object());
  }

  public Reply watch(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    Query query = info.query();
    RequestOptions.checkWatch(query);
    Selectors selectors = Selectors.of(query, store);
    long revision = request.transaction().store().revision();
    checkResourceVersion(query, "", revision);
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
