package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Owners;

/// The ReplicaSet that a Deployment makes for a template it has not had before. Models
/// getNewReplicaSet.
final class NewReplicaSet {
  private NewReplicaSet() {}

  static JsonObject of(JsonObject deployment, String hash, long revision, long replicas) {
    JsonObject spec = deployment.object("spec");
    JsonObject template =
        spec.object("template").withAt(Json.of(hash), "metadata", "labels", TemplateHash.LABEL);
    JsonObject metadata =
        JsonObject.builder()
            .put("name", ObjectMeta.name(deployment) + "-" + hash)
            .put("namespace", ObjectMeta.namespace(deployment))
            .put("labels", template.object("metadata", "labels"))
            .put("ownerReferences", JsonArray.of(Owners.reference(deployment)))
            .build();
    JsonObject.Builder set =
        JsonObject.builder()
            .put("replicas", replicas)
            .put(
                "selector",
                spec.object("selector").withAt(Json.of(hash), "matchLabels", TemplateHash.LABEL))
            .put("template", template);
    long minReadySeconds = spec.integer(0, "minReadySeconds");
    if (minReadySeconds > 0) {
      set.put("minReadySeconds", minReadySeconds);
    }
    JsonObject bare = JsonObject.of("metadata", metadata, "spec", set.build());
    return Revisions.resize(Revisions.revise(bare, deployment, revision), deployment);
  }
}
