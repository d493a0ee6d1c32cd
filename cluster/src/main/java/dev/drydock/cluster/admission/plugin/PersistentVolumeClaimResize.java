package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.core.resource.Quantities;

/// Lets only claims grow that are bound, and whose class lets them. Models
/// plugin/pkg/admission/storage/persistentvolume/resize.
public final class PersistentVolumeClaimResize implements AdmissionPlugin {

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("persistentvolumeclaims");
  }

  @Override
  public void validate(JsonObject claim, AdmissionRequest request) {
    JsonObject old = request.old();
    if (!request.updates() || old == null || !grows(claim, old)) {
      return;
    }
    if (!old.string("status", "phase").equals("Bound")) {
      throw request.forbidden(claim, "Only bound persistent volume claims can be expanded");
    }
    if (!mayGrow(claim, request)) {
      throw request.forbidden(
          claim,
          "only dynamically provisioned pvc can be resized and the storageclass that provisions"
              + " the pvc must support resize");
    }
  }

  private static boolean grows(JsonObject claim, JsonObject old) {
    String[] storage = {"spec", "resources", "requests", "storage"};
    return Quantities.at(claim, storage).compareTo(Quantities.at(old, storage)) > 0;
  }

  private static boolean mayGrow(JsonObject claim, AdmissionRequest request) {
    String name = claim.string("spec", "storageClassName");
    return !name.isEmpty()
        && request
            .find("storageclasses.storage.k8s.io", "", name)
            .filter(found -> found.bool("allowVolumeExpansion"))
            .isPresent();
  }
}
