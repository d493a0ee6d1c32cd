package dev.drydock.cluster.controller.volume.protection;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.stream.Stream;

/// The names of the claims that a pod mounts, those made for its ephemeral volumes included.
final class PodClaims {
  private PodClaims() {}

  static Stream<String> of(JsonObject pod) {
    return pod.array("spec", "volumes")
        .objects()
        .filter(volume -> volume.has("persistentVolumeClaim") || volume.has("ephemeral"))
        .map(
            volume ->
                volume.has("ephemeral")
                    ? ObjectMeta.name(pod) + "-" + volume.string("name")
                    : volume.string("persistentVolumeClaim", "claimName"));
  }
}
