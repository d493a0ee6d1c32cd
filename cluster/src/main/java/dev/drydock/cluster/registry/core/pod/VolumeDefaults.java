package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.rest.Defaulting;

/// What a volume of a pod gets that its manifest leaves out. A volume without a source is an empty
/// directory.
///
/// Models SetDefaults_Volume and its neighbours in pkg/apis/core/v1/defaults.go.
final class VolumeDefaults {
  /// 0644 in octal.
  private static final long FILE_MODE = 420;

  private static final long TOKEN_SECONDS = 3600;

  private VolumeDefaults() {}

  static JsonObject of(JsonObject volume) {
    if (volume.without("name").isEmpty()) {
      return volume.with("emptyDir", JsonObject.EMPTY);
    }
    JsonObject set = Defaulting.within(volume, "secret", VolumeDefaults::withMode);
    set = Defaulting.within(set, "configMap", VolumeDefaults::withMode);
    set = Defaulting.within(set, "downwardAPI", v -> downward(withMode(v)));
    set = Defaulting.within(set, "projected", VolumeDefaults::projected);
    set = Defaulting.within(set, "hostPath", v -> Defaulting.pointer(v, "type", Json.of("")));
    set = Defaulting.within(set, "image", VolumeDefaults::image);
    set = Defaulting.within(set, "iscsi", v -> Defaulting.value(v, "iscsiInterface", "default"));
    return Defaulting.within(set, "ephemeral", VolumeDefaults::ephemeral);
  }

  private static JsonObject withMode(JsonObject source) {
    return Defaulting.pointer(source, "defaultMode", Json.of(FILE_MODE));
  }

  private static JsonObject downward(JsonObject source) {
    return Defaulting.each(
        source, "items", item -> Defaulting.within(item, "fieldRef", ContainerDefaults::fieldRef));
  }

  private static JsonObject projected(JsonObject source) {
    return Defaulting.each(withMode(source), "sources", VolumeDefaults::projection);
  }

  private static JsonObject projection(JsonObject projection) {
    JsonObject set = Defaulting.within(projection, "downwardAPI", VolumeDefaults::downward);
    return Defaulting.within(
        set,
        "serviceAccountToken",
        token -> Defaulting.pointer(token, "expirationSeconds", Json.of(TOKEN_SECONDS)));
  }

  private static JsonObject image(JsonObject image) {
    return Defaulting.value(
        image, "pullPolicy", ContainerDefaults.pullPolicy(image.string("reference")));
  }

  private static JsonObject ephemeral(JsonObject source) {
    return Defaulting.within(
        source,
        "volumeClaimTemplate",
        template ->
            Defaulting.within(
                Defaulting.pointer(template, "metadata", JsonObject.EMPTY),
                "spec",
                claim -> Defaulting.value(claim, "volumeMode", "Filesystem")));
  }
}
