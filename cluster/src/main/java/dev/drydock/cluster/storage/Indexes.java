package dev.drydock.cluster.storage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// Finds objects by what stands in them, so that nobody has to look through all of them: pods by
/// their node, and what controllers make by its controller. Immutable, and kept with the store.
///
/// Models the Indexers of client-go/tools/cache.
final class Indexes {
  static final Indexes EMPTY = new Indexes(HashTreePMap.empty());

  private static final String PODS = "pods";
  private static final ImmutableSet<String> CONTROLLED =
      ImmutableSet.of(PODS, "replicasets.apps", "controllerrevisions.apps", "jobs.batch");

  private final PMap<Entry, Bucket> buckets;

  private Indexes(PMap<Entry, Bucket> buckets) {
    this.buckets = buckets;
  }

  private enum By {
    NODE,
    PROMISED_NODE,
    CONTROLLER
  }

  private record Entry(By by, String resource, String value) {}

  /// The objects of one entry, in key order, and their list, made when first asked for.
  private static final class Bucket {
    static final Bucket EMPTY = new Bucket(TreePMap.empty());

    final TreePMap<ObjectKey, StoredObject> objects;
    private volatile @Nullable ImmutableList<JsonObject> list;

    Bucket(TreePMap<ObjectKey, StoredObject> objects) {
      this.objects = objects;
    }

    ImmutableList<JsonObject> list() {
      ImmutableList<JsonObject> known = list;
      if (known == null) {
        known =
            objects.values().stream()
                .map(StoredObject::object)
                .collect(ImmutableList.toImmutableList());
        list = known;
      }
      return known;
    }
  }

  /// The pods assigned to a node: the same list as long as none of them changes.
  ImmutableList<JsonObject> podsOn(String node) {
    return list(new Entry(By.NODE, PODS, node));
  }

  /// The pods without a node to which this one is promised.
  ImmutableList<JsonObject> podsPromised(String node) {
    return list(new Entry(By.PROMISED_NODE, PODS, node));
  }

  /// The objects of a namespace with this controller; those without one when its uid is empty.
  ///
  /// @throws IllegalArgumentException for a resource that is not indexed so
  ImmutableList<JsonObject> controlled(String resource, String namespace, String uid) {
    if (!CONTROLLED.contains(resource)) {
      throw new IllegalArgumentException("not indexed by controller: " + resource);
    }
    return list(new Entry(By.CONTROLLER, resource, namespace + "/" + uid));
  }

  private ImmutableList<JsonObject> list(Entry entry) {
    return buckets.getOrDefault(entry, Bucket.EMPTY).list();
  }

  /// The indexes after an object was written in the place of another; null for none.
  Indexes with(ObjectKey key, @Nullable StoredObject before, @Nullable StoredObject after) {
    if (!CONTROLLED.contains(key.resource())) {
      return this;
    }
    List<Entry> old = before == null ? List.of() : entries(key, before.object());
    List<Entry> now = after == null ? List.of() : entries(key, after.object());
    PMap<Entry, Bucket> next = buckets;
    for (Entry entry : old) {
      if (!now.contains(entry)) {
        TreePMap<ObjectKey, StoredObject> left = objects(next, entry).minus(key);
        next = left.isEmpty() ? next.minus(entry) : next.plus(entry, new Bucket(left));
      }
    }
    if (after != null) {
      for (Entry entry : now) {
        next = next.plus(entry, new Bucket(objects(next, entry).plus(key, after)));
      }
    }
    return new Indexes(next);
  }

  private static TreePMap<ObjectKey, StoredObject> objects(
      PMap<Entry, Bucket> buckets, Entry entry) {
    return buckets.getOrDefault(entry, Bucket.EMPTY).objects;
  }

  private static List<Entry> entries(ObjectKey key, JsonObject object) {
    List<Entry> entries = new ArrayList<>(2);
    String controller = ObjectMeta.controllerOf(object).map(o -> o.string("uid")).orElse("");
    entries.add(new Entry(By.CONTROLLER, key.resource(), key.namespace() + "/" + controller));
    if (key.resource().equals(PODS)) {
      String node = object.string("spec", "nodeName");
      String promised = object.string("status", "nominatedNodeName");
      if (!node.isEmpty()) {
        entries.add(new Entry(By.NODE, PODS, node));
      } else if (!promised.isEmpty()) {
        entries.add(new Entry(By.PROMISED_NODE, PODS, promised));
      }
    }
    return entries;
  }
}
