package dev.drydock.cluster.admission.plugin;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// Keeps volumes and claims from going while they are in use: a finalizer that a controller
/// removes. Models plugin/pkg/admission/storage/storageobjectinuseprotection.
public final class StorageObjectInUseProtection implements AdmissionPlugin {
  private static final ImmutableMap<String, String> FINALIZERS =
      ImmutableMap.of(
          "persistentvolumes", "kubernetes.io/pv-protection",
          "persistentvolumeclaims", "kubernetes.io/pvc-protection");

  @Override
  public boolean handles(String groupResource) {
    return FINALIZERS.containsKey(groupResource);
  }

  @Override
  public JsonObject admit(JsonObject object, AdmissionRequest request) {
    String finalizer = FINALIZERS.get(request.resource().groupResource());
    JsonArray finalizers = ObjectMeta.finalizers(object);
    return finalizer == null
            || !request.creates()
            || finalizers.strings().anyMatch(finalizer::equals)
        ? object
        : ObjectMeta.with(object, "finalizers", finalizers.plus(Json.of(finalizer)));
  }
}
