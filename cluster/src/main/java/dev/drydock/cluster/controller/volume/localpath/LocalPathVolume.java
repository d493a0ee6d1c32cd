package dev.drydock.cluster.controller.volume.localpath;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.volume.Claims;

/// The volume that the provisioner makes for a claim. Models Provision of
/// rancher/local-path-provisioner, with the paths of kind's configuration.
final class LocalPathVolume {
  private static final String ROOT = "/var/local-path-provisioner";

  private LocalPathVolume() {}

  static JsonObject of(JsonObject claim, JsonObject storageClass, String node) {
    String name = "pvc-" + ObjectMeta.uid(claim);
    String path =
        "%s/%s_%s_%s".formatted(ROOT, name, ObjectMeta.namespace(claim), ObjectMeta.name(claim));
    JsonObject metadata =
        JsonObject.builder()
            .put("name", name)
            .put(
                "annotations",
                JsonObject.builder()
                    .put("local.path.provisioner/selected-node", node)
                    .put(Claims.PROVISIONED_BY, LocalPathProvisioner.PROVISIONER)
                    .build())
            .build();
    JsonObject spec =
        JsonObject.builder()
            .put("accessModes", claim.array("spec", "accessModes"))
            .put("capacity", JsonObject.of("storage", Json.of(Claims.requested(claim).toString())))
            .put("claimRef", Claims.reference(claim))
            .put(
                "hostPath",
                JsonObject.builder().put("path", path).put("type", "DirectoryOrCreate").build())
            .put("nodeAffinity", affinity(node))
            .put("persistentVolumeReclaimPolicy", storageClass.string("reclaimPolicy"))
            .put("storageClassName", ObjectMeta.name(storageClass))
            .put("volumeMode", "Filesystem")
            .build();
    return JsonObject.of("metadata", metadata, "spec", spec);
  }

  private static JsonObject affinity(String node) {
    JsonObject expression =
        JsonObject.builder()
            .put("key", "kubernetes.io/hostname")
            .put("operator", "In")
            .put("values", JsonArray.of(Json.of(node)))
            .build();
    JsonArray terms = JsonArray.of(JsonObject.of("matchExpressions", JsonArray.of(expression)));
    return JsonObject.of("required", JsonObject.of("nodeSelectorTerms", terms));
  }
}
