package dev.drydock.cluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoreEvent;
import dev.drydock.cluster.storage.StoredObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold whenever a cluster has settled. Remembers the pods it has seen, to judge the
/// order in which they came.
final class Invariants {
  private final Map<ObjectKey, JsonObject> pods = new HashMap<>();
  private long seen;

  Invariants(Store store) {
    store.list("pods", "").forEach(pod -> pods.put(key(pod.object()), pod.object()));
    this.seen = store.revision();
  }

  private static ObjectKey key(JsonObject pod) {
    return new ObjectKey("pods", ObjectMeta.namespace(pod), ObjectMeta.name(pod));
  }

  static boolean isReady(JsonObject pod) {
    return pod.array("status", "conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals("Ready") && c.string("status").equals("True"));
  }

  private static boolean hasEnded(JsonObject pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static List<JsonObject> list(Store store, String resource) {
    return store.list(resource, "").map(StoredObject::object).toList();
  }

  void check(Store store) {
    revisionsGrow(store);
    nodesAreNotOverfull(store);
    ownersExist(store);
    endpointsAreReadyPods(store);
    claimsAndVolumesAgree(store);
    indexesAgree(store);
  }

  private void revisionsGrow(Store store) {
    assertThat(store.revision()).as("the revision").isGreaterThanOrEqualTo(seen);
    if (store.compacted() > seen) {
      pods.clear();
      store.list("pods", "").forEach(pod -> pods.put(key(pod.object()), pod.object()));
      seen = store.revision();
    }
    long last = seen;
    for (StoreEvent event : store.since(seen)) {
      assertThat(event.revision()).as("the revision of a change").isGreaterThan(last);
      last = event.revision();
      if (event.key().resource().equals("pods")) {
        follow(event);
      }
    }
    seen = store.revision();
  }

  private void follow(StoreEvent event) {
    JsonObject pod = event.object().object();
    switch (event.type()) {
      case ADDED -> {
        comesInOrder(pod);
        pods.put(event.key(), pod);
      }
      case MODIFIED -> pods.put(event.key(), pod);
      case DELETED -> pods.remove(event.key());
    }
  }

  /// A pod of a StatefulSet comes when all before it are ready.
  private void comesInOrder(JsonObject pod) {
    String owner =
        ObjectMeta.controllerOf(pod)
            .filter(o -> o.string("kind").equals("StatefulSet"))
            .map(o -> o.string("name"))
            .orElse("");
    if (owner.isEmpty()) {
      return;
    }
    String name = ObjectMeta.name(pod);
    assertThat(name).startsWith(owner + "-");
    int ordinal = Integer.parseInt(name.substring(owner.length() + 1));
    for (int before = 0; before < ordinal; before++) {
      JsonObject earlier =
          pods.get(new ObjectKey("pods", ObjectMeta.namespace(pod), owner + "-" + before));
      assertThat(earlier != null && isReady(earlier) && !ObjectMeta.isBeingDeleted(earlier))
          .as("%s-%d is ready when %s comes", owner, before, name)
          .isTrue();
    }
  }

  private static void nodesAreNotOverfull(Store store) {
    for (JsonObject node : list(store, "nodes")) {
      List<JsonObject> here =
          list(store, "pods").stream()
              .filter(pod -> pod.string("spec", "nodeName").equals(ObjectMeta.name(node)))
              .filter(pod -> !hasEnded(pod))
              .toList();
      JsonObject room = node.object("status", "allocatable");
      assertThat((long) here.size())
          .as("pods on %s", ObjectMeta.name(node))
          .isLessThanOrEqualTo(Quantity.parse(room.string("pods")).milliValue() / 1000);
      for (String resource : List.of("cpu", "memory")) {
        long used = here.stream().mapToLong(pod -> requested(pod, resource)).sum();
        assertThat(used)
            .as("%s requested on %s", resource, ObjectMeta.name(node))
            .isLessThanOrEqualTo(Quantity.parse(room.string(resource)).milliValue());
      }
    }
  }

  private static long requested(JsonObject pod, String resource) {
    return pod.array("spec", "containers")
        .objects()
        .map(c -> c.string("resources", "requests", resource))
        .filter(text -> !text.isEmpty())
        .mapToLong(text -> Quantity.parse(text).milliValue())
        .sum();
  }

  private static void ownersExist(Store store) {
    Set<String> uids = new HashSet<>();
    for (String resource : store.resources()) {
      store.list(resource, "").forEach(o -> uids.add(ObjectMeta.uid(o.object())));
    }
    for (String resource : store.resources()) {
      for (JsonObject object : list(store, resource)) {
        List<String> owners =
            ObjectMeta.ownerReferences(object).objects().map(o -> o.string("uid")).toList();
        boolean orphan = !owners.isEmpty() && owners.stream().noneMatch(uids::contains);
        assertThat(orphan && !ObjectMeta.isBeingDeleted(object))
            .as("%s %s has lost its owners", resource, ObjectMeta.name(object))
            .isFalse();
      }
    }
  }

  private static void endpointsAreReadyPods(Store store) {
    for (JsonObject slice : list(store, "endpointslices.discovery.k8s.io")) {
      for (JsonObject endpoint : slice.array("endpoints").objects().toList()) {
        String name = endpoint.string("targetRef", "name");
        if (!name.isEmpty() && endpoint.bool("conditions", "ready")) {
          String namespace = ObjectMeta.namespace(slice);
          boolean ready =
              store
                  .get(new ObjectKey("pods", namespace, name))
                  .map(StoredObject::object)
                  .filter(pod -> isReady(pod) && !ObjectMeta.isBeingDeleted(pod))
                  .filter(
                      pod ->
                          endpoint
                              .array("addresses")
                              .strings()
                              .anyMatch(pod.string("status", "podIP")::equals))
                  .isPresent();
          assertThat(ready).as("endpoint %s of %s", name, ObjectMeta.name(slice)).isTrue();
        }
      }
    }
  }

  private static void claimsAndVolumesAgree(Store store) {
    Set<String> taken = new HashSet<>();
    for (JsonObject claim : list(store, "persistentvolumeclaims")) {
      if (!claim.string("status", "phase").equals("Bound")) {
        continue;
      }
      String volume = claim.string("spec", "volumeName");
      assertThat(taken.add(volume)).as("%s belongs to one claim", volume).isTrue();
      String holder =
          store
              .get(new ObjectKey("persistentvolumes", "", volume))
              .map(object -> object.object().string("spec", "claimRef", "uid"))
              .orElse("nobody");
      assertThat(holder).as("holder of %s", volume).isEqualTo(ObjectMeta.uid(claim));
    }
    for (JsonObject volume : list(store, "persistentvolumes")) {
      if (volume.string("status", "phase").equals("Bound")) {
        assertThat(taken).as("bound volumes have claims").contains(ObjectMeta.name(volume));
      }
    }
  }

  /// What is found by index is what looking through all finds.
  private static void indexesAgree(Store store) {
    List<JsonObject> all = list(store, "pods");
    for (JsonObject node : list(store, "nodes")) {
      String name = ObjectMeta.name(node);
      assertThat(store.podsOn(name))
          .isEqualTo(all.stream().filter(p -> p.string("spec", "nodeName").equals(name)).toList());
    }
    for (JsonObject set : list(store, "replicasets.apps")) {
      String uid = ObjectMeta.uid(set);
      assertThat(store.controlled("pods", ObjectMeta.namespace(set), uid))
          .isEqualTo(
              all.stream()
                  .filter(
                      p ->
                          ObjectMeta.controllerOf(p)
                              .filter(o -> o.string("uid").equals(uid))
                              .isPresent())
                  .toList());
    }
  }
}
