package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// Gives a claim that names no storage class the default one. An empty name is a name: it asks for
/// a volume without class.
///
/// Models plugin/pkg/admission/storage/storageclass/setdefault.
public final class DefaultStorageClass implements AdmissionPlugin {
  private static final String CLAIMS = "persistentvolumeclaims";

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals(CLAIMS);
  }

  @Override
  public JsonObject admit(JsonObject claim, AdmissionRequest request) {
    boolean named =
        claim.object("spec").has("storageClassName")
            || ObjectMeta.annotations(claim).containsKey("volume.beta.kubernetes.io/storage-class");
    if (!request.creates() || named) {
      return claim;
    }
    return DefaultClasses.newest(
            request.list("storageclasses.storage.k8s.io", ""),
            "storageclass.kubernetes.io/is-default-class",
            "storageclass.beta.kubernetes.io/is-default-class")
        .map(name -> claim.withAt(Json.of(name), "spec", "storageClassName"))
        .orElse(claim);
  }
}
