package dev.drydock.cluster.controller.history;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.deployment.TemplateHash;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The templates an object has had, each a ControllerRevision whose data is a patch that brings it
/// back. Models pkg/controller/history.
public record ControllerHistory(Client client, JsonObject owner) {
  /// The label by which a pod names the revision it was made from.
  public static final String HASH = "controller-revision-hash";

  private static final String REVISIONS = "controllerrevisions.apps";

  /// The owner's revisions, oldest first.
  public List<JsonObject> revisions() {
    return client.list(REVISIONS, ObjectMeta.namespace(owner)).stream()
        .filter(revision -> Owners.controls(owner, revision))
        .sorted(Comparator.comparingLong(ControllerHistory::number))
        .toList();
  }

  public static String hash(JsonObject revision) {
    return ObjectMeta.labels(revision).getOrDefault(HASH, "");
  }

  private static long number(JsonObject revision) {
    return revision.integer(0, "revision");
  }

  /// The pod template that a revision keeps.
  public static JsonObject template(JsonObject revision) {
    return revision.object("data", "spec", "template").without("$patch");
  }

  /// The revision of the owner's present template; made, or made the latest again, when it is not.
  public JsonObject current() {
    JsonObject template = owner.object("spec", "template").with("$patch", "replace");
    JsonObject data = JsonObject.of("spec", JsonObject.of("template", template));
    List<JsonObject> all = revisions();
    long last = all.isEmpty() ? 0 : number(all.getLast());
    Optional<JsonObject> same = all.stream().filter(r -> r.object("data").equals(data)).findFirst();
    if (same.isEmpty()) {
      return client.create(REVISIONS, revision(data, last + 1));
    }
    return number(same.get()) == last
        ? same.get()
        : client.update(REVISIONS, same.get().with("revision", Json.of(last + 1)));
  }

  private JsonObject revision(JsonObject data, long number) {
    String hash = TemplateHash.of(data, owner.integer(0, "status", "collisionCount"));
    JsonObject labels =
        owner.object("spec", "template", "metadata", "labels").with(HASH, Json.of(hash));
    JsonObject metadata =
        JsonObject.builder()
            .put("name", ObjectMeta.name(owner) + "-" + hash)
            .put("namespace", ObjectMeta.namespace(owner))
            .put("labels", labels)
            .putUnlessEmpty("annotations", owner.object("metadata", "annotations"))
            .put("ownerReferences", JsonArray.of(Owners.reference(owner)))
            .build();
    return JsonObject.of("metadata", metadata, "data", data).with("revision", Json.of(number));
  }

  /// Deletes the oldest revisions beyond the owner's limit, except those in use.
  public void cleanUp(Set<String> hashesInUse) {
    long limit = owner.integer(10, "spec", "revisionHistoryLimit");
    List<JsonObject> idle =
        revisions().stream().filter(revision -> !hashesInUse.contains(hash(revision))).toList();
    idle.stream()
        .limit(Math.max(0, idle.size() - limit))
        .forEach(
            revision ->
                client.delete(
                    REVISIONS,
                    ObjectMeta.namespace(revision),
                    ObjectMeta.name(revision),
                    DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(revision))));
  }
}
