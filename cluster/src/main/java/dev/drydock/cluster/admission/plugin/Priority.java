package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.storage.StoredObject;
import java.util.Comparator;
import java.util.Optional;

/// Turns a pod's priority class into its priority. Models plugin/pkg/admission/priority.
public final class Priority implements AdmissionPlugin {
  private static final String CLASSES = "priorityclasses.scheduling.k8s.io";

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods") || groupResource.equals(CLASSES);
  }

  @Override
  public JsonObject admit(JsonObject pod, AdmissionRequest request) {
    if (!request.creates("pods")) {
      return pod;
    }
    String name = pod.string("spec", "priorityClassName");
    Optional<JsonObject> chosen = name.isEmpty() ? defaultClass(request) : named(name, request);
    if (!name.isEmpty() && chosen.isEmpty()) {
      throw StatusException.forbidden(
          new GroupResourceName("", "pods", request.name()),
          "no PriorityClass with name %s was found".formatted(name));
    }
    JsonObject priorityClass = chosen.orElse(JsonObject.EMPTY);
    String ofClass = priorityClass.string("preemptionPolicy");
    String policy = ofClass.isEmpty() ? "PreemptLowerPriority" : ofClass;
    refuseOthers(pod, priorityClass.integer(0, "value"), policy, request);
    return pod.withObject(
        "spec",
        spec -> {
          JsonObject.Builder changed = spec.toBuilder();
          if (!priorityClass.isEmpty()) {
            changed.put("priorityClassName", priorityClass.string("metadata", "name"));
          }
          return changed
              .put("priority", priorityClass.integer(0, "value"))
              .put("preemptionPolicy", policy)
              .build();
        });
  }

  /// A pod may say what follows from its class, and nothing else.
  private static void refuseOthers(
      JsonObject pod, long priority, String policy, AdmissionRequest request) {
    long given = pod.integer(priority, "spec", "priority");
    if (given != priority) {
      throw request.forbidden(
          pod,
          ("the integer value of priority (%d) must not be provided in pod spec; priority"
                  + " admission controller computed %d from the given PriorityClass name")
              .formatted(given, priority));
    }
    String givenPolicy = pod.string("spec", "preemptionPolicy");
    if (!givenPolicy.isEmpty() && !givenPolicy.equals(policy)) {
      throw request.forbidden(
          pod,
          ("the string value of PreemptionPolicy (%s) must not be provided in pod spec; priority"
                  + " admission controller computed %s from the given PriorityClass name")
              .formatted(givenPolicy, policy));
    }
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    boolean marksDefault =
        request.resource().groupResource().equals(CLASSES)
            && (request.creates() || request.updates())
            && object.bool("globalDefault");
    if (!marksDefault) {
      return;
    }
    Optional<String> other =
        defaultClass(request)
            .map(ObjectMeta::name)
            .filter(name -> request.creates() || !name.equals(ObjectMeta.name(object)));
    if (other.isPresent()) {
      throw request.forbidden(
          object,
          "PriorityClass %s is already marked as default. Only one default can exist"
              .formatted(other.get()));
    }
  }

  private static Optional<JsonObject> named(String name, AdmissionRequest request) {
    return request
        .transaction()
        .store()
        .list(CLASSES, "")
        .map(StoredObject::object)
        .filter(object -> object.string("metadata", "name").equals(name))
        .findFirst();
  }

  private static Optional<JsonObject> defaultClass(AdmissionRequest request) {
    return request
        .transaction()
        .store()
        .list(CLASSES, "")
        .map(StoredObject::object)
        .filter(object -> object.bool("globalDefault"))
        .min(Comparator.comparingLong(object -> object.integer(0, "value")));
  }
}
