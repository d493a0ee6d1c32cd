package dev.drydock.cluster.storage;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// All objects of a cluster at one revision, and the changes that led here since the last
/// compaction. Immutable: a change returns the next store.
///
/// Models apiserver/pkg/storage/etcd3: one counter for all resources, so that a resourceVersion
/// orders every change of the cluster.
public final class Store {
  /// How many changes are kept for watches that start in the past.
  public static final int HISTORY_MAX = 2_000;

  /// How many bytes of changes are kept for them.
  public static final long HISTORY_BYTES_MAX = 16L << 20;

  /// How many bytes of objects a cluster may have before it takes no more; as etcd's quota, which a
  /// real cluster has at 2 GiB.
  public static final long BYTES_MAX = 64L << 20;

  public static final Store EMPTY =
      new Store(
          0, 0, 0, 0, HashTreePMap.empty(), Indexes.EMPTY, TreePMap.<Long, StoreEvent>empty());

  private final long revision;
  private final long compacted;
  private final long bytes;
  private final long historyBytes;
  private final PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> byResource;
  private final Indexes indexes;
  private final TreePMap<Long, StoreEvent> history;

  private Store(
      long revision,
      long compacted,
      long bytes,
      long historyBytes,
      PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> byResource,
      Indexes indexes,
      TreePMap<Long, StoreEvent> history) {
    this.revision = revision;
    this.compacted = compacted;
    this.bytes = bytes;
    this.historyBytes = historyBytes;
    this.byResource = byResource;
    this.indexes = indexes;
    this.history = history;
  }

  /// The revision of the last change.
  public long revision() {
    return revision;
  }

  /// The newest revision whose changes are forgotten; a watch from before it gets 410 Gone.
  public long compacted() {
    return compacted;
  }

  /// About how many bytes the objects have as JSON text.
  public long bytes() {
    return bytes;
  }

  public Optional<StoredObject> get(ObjectKey key) {
    return Optional.ofNullable(lookup(key));
  }

  private @Nullable StoredObject lookup(ObjectKey key) {
    TreePMap<String, StoredObject> named = named(key.resource(), key.namespace());
    return named == null ? null : named.get(key.name());
  }

  private @Nullable TreePMap<String, StoredObject> named(String resource, String namespace) {
    TreePMap<String, TreePMap<String, StoredObject>> namespaces = byResource.get(resource);
    return namespaces == null ? null : namespaces.get(namespace);
  }

  /// The objects of a resource in one namespace, by name; of all namespaces when it is empty,
  /// ordered by namespace and name.
  public Stream<StoredObject> list(String resource, String namespace) {
    TreePMap<String, TreePMap<String, StoredObject>> namespaces = byResource.get(resource);
    if (namespaces == null) {
      return Stream.empty();
    }
    if (namespace.isEmpty()) {
      return namespaces.values().stream().flatMap(named -> named.values().stream());
    }
    TreePMap<String, StoredObject> named = namespaces.get(namespace);
    return named == null ? Stream.empty() : named.values().stream();
  }

  /// The pods assigned to a node, by namespace and name: the same list as long as none changes.
  public ImmutableList<JsonObject> podsOn(String node) {
    return indexes.podsOn(node);
  }

  /// The pods without a node to which this one is promised.
  public ImmutableList<JsonObject> podsPromised(String node) {
    return indexes.podsPromised(node);
  }

  /// The objects of a namespace with this controller, by name; those without one when its uid is
  /// empty.
  public ImmutableList<JsonObject> controlled(String resource, String namespace, String uid) {
    return indexes.controlled(resource, namespace, uid);
  }

  /// What stays the same object as long as no object of a resource changes; null where there never
  /// was one.
  public @Nullable Object version(String resource) {
    return byResource.get(resource);
  }

  /// The objects of a resource in one namespace whose names begin so, by name.
  public Stream<StoredObject> listByPrefix(String resource, String namespace, String namePrefix) {
    TreePMap<String, StoredObject> named = named(resource, namespace);
    return named == null
        ? Stream.empty()
        : named.subMap(namePrefix, true, namePrefix + Character.MAX_VALUE, false).values().stream();
  }

  /// Objects at a revision, as they were written; what led there is not remembered.
  ///
  /// @param objects each with the revision in its metadata
  public static Store of(long revision, Map<ObjectKey, JsonObject> objects) {
    PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> all = HashTreePMap.empty();
    Indexes index = Indexes.EMPTY;
    long bytes = 0;
    for (var entry : objects.entrySet()) {
      long own = Long.parseLong(entry.getValue().string("metadata", "resourceVersion"));
      StoredObject stored = new StoredObject(entry.getValue(), own);
      all = with(all, entry.getKey(), stored);
      index = index.with(entry.getKey(), null, stored);
      bytes += stored.size();
    }
    return new Store(revision, revision, bytes, 0, all, index, TreePMap.empty());
  }

  /// Every object, in the order in which they were last written, each as if it had just been added.
  public List<StoreEvent> asAdded() {
    return byResource.entrySet().stream()
        .flatMap(
            resource ->
                resource.getValue().entrySet().stream()
                    .flatMap(
                        namespace ->
                            namespace.getValue().entrySet().stream()
                                .map(
                                    named ->
                                        new StoreEvent(
                                            StoreEvent.Type.ADDED,
                                            new ObjectKey(
                                                resource.getKey(),
                                                namespace.getKey(),
                                                named.getKey()),
                                            named.getValue(),
                                            null))))
        .sorted(Comparator.comparingLong(StoreEvent::revision))
        .toList();
  }

  /// The resources that have objects, as `pods` or `deployments.apps`.
  public Collection<String> resources() {
    return byResource.keySet();
  }

  /// Stores an object, new or changed, under the next revision.
  public Store put(ObjectKey key, JsonObject object) {
    long next = revision + 1;
    StoredObject stored = new StoredObject(withRevision(object, next), next);
    StoredObject previous = lookup(key);
    StoreEvent.Type type = previous == null ? StoreEvent.Type.ADDED : StoreEvent.Type.MODIFIED;
    return new Store(
        next,
        compacted,
        bytes + stored.size() - size(previous),
        historyBytes + stored.size(),
        with(byResource, key, stored),
        indexes.with(key, previous, stored),
        history.plus(next, new StoreEvent(type, key, stored, previous)));
  }

  /// Removes an object; its last state becomes the deletion event's, under the next revision.
  /// Removing what is not there changes nothing.
  public Store remove(ObjectKey key) {
    StoredObject previous = lookup(key);
    if (previous == null) {
      return this;
    }
    long next = revision + 1;
    StoredObject last = new StoredObject(withRevision(previous.object(), next), next);
    return new Store(
        next,
        compacted,
        bytes - previous.size(),
        historyBytes + last.size(),
        with(byResource, key, null),
        indexes.with(key, previous, null),
        history.plus(next, new StoreEvent(StoreEvent.Type.DELETED, key, last, previous)));
  }

  /// The store with every object changed in place, as if each had been written so: revisions stay,
  /// and what led here is forgotten.
  public Store rewritten(UnaryOperator<JsonObject> change) {
    PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> all = byResource;
    Indexes index = Indexes.EMPTY;
    for (var resource : byResource.entrySet()) {
      TreePMap<String, TreePMap<String, StoredObject>> namespaces = resource.getValue();
      for (var namespace : resource.getValue().entrySet()) {
        TreePMap<String, StoredObject> named = namespace.getValue();
        for (var stored : namespace.getValue().entrySet()) {
          StoredObject before = stored.getValue();
          StoredObject after = before.with(change.apply(before.object()));
          named = named.plus(stored.getKey(), after);
          ObjectKey key = new ObjectKey(resource.getKey(), namespace.getKey(), stored.getKey());
          index = index.with(key, null, after);
        }
        namespaces = namespaces.plus(namespace.getKey(), named);
      }
      all = all.plus(resource.getKey(), namespaces);
    }
    return new Store(revision, revision, bytes, 0, all, index, TreePMap.empty());
  }

  private static JsonObject withRevision(JsonObject object, long revision) {
    return object.withObject(
        "metadata", metadata -> metadata.with("resourceVersion", Long.toString(revision)));
  }

  /// The changes after a revision, oldest first.
  public Iterable<StoreEvent> since(long after) {
    if (after >= revision) {
      return List.of();
    }
    return history.tailMap(after, false).values();
  }

  /// The objects as they were at an earlier revision, which must not be older than what is
  /// remembered. Only its objects are to be read: it has the present's revision and history.
  public Store at(long past) {
    if (past >= revision) {
      return this;
    }
    PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> then = byResource;
    Indexes index = indexes;
    for (StoreEvent event : history.tailMap(past, false).descendingMap().values()) {
      then = with(then, event.key(), event.previous());
      StoredObject undone = event.type() == StoreEvent.Type.DELETED ? null : event.object();
      index = index.with(event.key(), undone, event.previous());
    }
    return new Store(revision, compacted, bytes, historyBytes, then, index, history);
  }

  private static PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> with(
      PMap<String, TreePMap<String, TreePMap<String, StoredObject>>> objects,
      ObjectKey key,
      @Nullable StoredObject object) {
    TreePMap<String, TreePMap<String, StoredObject>> namespaces =
        objects.getOrDefault(key.resource(), TreePMap.empty());
    TreePMap<String, StoredObject> named =
        namespaces.getOrDefault(key.namespace(), TreePMap.empty());
    TreePMap<String, StoredObject> changed =
        object == null ? named.minus(key.name()) : named.plus(key.name(), object);
    return objects.plus(
        key.resource(),
        changed.isEmpty()
            ? namespaces.minus(key.namespace())
            : namespaces.plus(key.namespace(), changed));
  }

  private static long size(@Nullable StoredObject object) {
    return object == null ? 0 : object.size();
  }

  /// Forgets the oldest changes beyond {@link #HISTORY_MAX} and {@link #HISTORY_BYTES_MAX}. Each
  /// revision is one change, so revisions count them.
  ///
  /// @param needed the revision after which every change is still needed
  public Store compact(long needed) {
    TreePMap<Long, StoreEvent> kept = history;
    long last = compacted;
    long left = historyBytes;
    while (last < needed && (revision - last > HISTORY_MAX || left > HISTORY_BYTES_MAX)) {
      left -= kept.firstEntry().getValue().object().size();
      kept = kept.minusFirstEntry();
      last++;
    }
    return last == compacted
        ? this
        : new Store(revision, last, bytes, left, byResource, indexes, kept);
  }
}
