package dev.drydock.cluster.controller;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.client.record.EventRecorder.Subject;

/// Creates and deletes the pods of an owner, and tells of it in the owner's events. Models
/// RealPodControl of pkg/controller.
public record PodControl(Client client, EventRecorder events) {

  /// A pod as a template has it, to be named by the server after its owner.
  public static JsonObject fromTemplate(JsonObject template, JsonObject owner) {
    JsonObject own = template.object("metadata");
    JsonObject metadata =
        JsonObject.builder()
            .put("generateName", ObjectMeta.name(owner) + "-")
            .put("namespace", ObjectMeta.namespace(owner))
            .putUnlessEmpty("labels", own.object("labels"))
            .putUnlessEmpty("annotations", own.object("annotations"))
            .putUnlessEmpty("finalizers", own.array("finalizers"))
            .put("ownerReferences", JsonArray.of(Owners.reference(owner)))
            .build();
    return JsonObject.of("metadata", metadata, "spec", template.object("spec"));
  }

  public JsonObject create(JsonObject pod, JsonObject owner) throws StatusException {
    try {
      JsonObject created = client.create("pods", pod);
      events.normal(
          Subject.of(owner), "SuccessfulCreate", "Created pod: " + ObjectMeta.name(created));
      return created;
    } catch (StatusException e) {
      events.warning(Subject.of(owner), "FailedCreate", "Error creating: " + e.getMessage());
      throw e;
    }
  }

  public void delete(JsonObject pod, JsonObject owner) throws StatusException {
    if (ObjectMeta.isBeingDeleted(pod)) {
      return;
    }
    String name = ObjectMeta.name(pod);
    client.delete(
        "pods",
        ObjectMeta.namespace(pod),
        name,
        DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(pod)));
    events.normal(Subject.of(owner), "SuccessfulDelete", "Deleted pod: " + name);
  }
}
