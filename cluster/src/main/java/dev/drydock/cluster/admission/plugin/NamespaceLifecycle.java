package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.storage.ObjectKey;
import java.util.Set;

/// Refuses objects in a namespace that does not exist or is going away, and the deletion of the
/// namespaces that a cluster needs. Models plugin/pkg/admission/namespace/lifecycle.
public final class NamespaceLifecycle implements AdmissionPlugin {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  @Override
  public JsonObject admit(JsonObject object, AdmissionRequest request) {
    if (request.operation() == Operation.CREATE && !request.namespace().isEmpty()) {
      checkNamespace(request);
    }
    return object;
  }

  private static void checkNamespace(AdmissionRequest request) {
    if (request.resource().groupResource().equals("namespaces")) {
      return;
    }
    String name = request.namespace();
    JsonObject namespace =
        request
            .transaction()
            .store()
            .get(new ObjectKey("namespaces", "", name))
            .orElseThrow(
                () -> StatusException.notFound(new GroupResourceName("", "namespaces", name)))
            .object();
    if (ObjectMeta.isBeingDeleted(namespace)) {
      throw StatusException.forbidden(
          new GroupResourceName(
              request.resource().group(), request.resource().resource(), request.name()),
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(name));
    }
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    boolean deletes =
        request.operation() == Operation.DELETE
            && request.resource().groupResource().equals("namespaces");
    if (deletes && IMMORTAL.contains(request.name())) {
      throw StatusException.forbidden(
          new GroupResourceName("", "namespaces", request.name()),
          "this namespace may not be deleted");
    }
  }
}
