package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.storage.StoredObject;
import java.util.Comparator;
import java.util.Optional;

/// Turns a pod's priority class into its priority. Models plugin/pkg/admission/priority.
public final class Priority implements AdmissionPlugin {
  private static final String CLASSES = "priorityclasses.scheduling.k8s.io";

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods");
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
    String policy = priorityClass.string("preemptionPolicy");
    return pod.withObject(
        "spec",
        spec -> {
          JsonObject.Builder changed = spec.toBuilder();
          if (!priorityClass.isEmpty()) {
            changed.put("priorityClassName", priorityClass.string("metadata", "name"));
          }
          return changed
              .put("priority", priorityClass.integer(0, "value"))
              .put("preemptionPolicy", policy.isEmpty() ? "PreemptLowerPriority" : policy)
              .build();
        });
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
