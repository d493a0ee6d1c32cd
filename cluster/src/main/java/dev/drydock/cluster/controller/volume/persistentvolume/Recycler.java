package dev.drydock.cluster.controller.volume.persistentvolume;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.loop.ComponentContext;
import java.util.Optional;

/// Scrubs a released volume with a pod, and lets it go back to those that are free. Models
/// pkg/volume/util/recyclerclient and its pod template.
record Recycler(ComponentContext context, EventRecorder events, Binding binding) {
  private static final String PREFIX = "recycler-for-";
  private static final String NAMESPACE = "default";
  private static final String SCRUB =
      "test -e /scrub && find /scrub -mindepth 1 -delete && test -z \"$(ls -A /scrub)\" || exit 1";

  /// The name of the volume that a pod scrubs, if it is such a pod.
  static Optional<String> volumeOf(JsonObject pod) {
    String name = ObjectMeta.name(pod);
    boolean ours = name.startsWith(PREFIX) && ObjectMeta.namespace(pod).equals(NAMESPACE);
    return ours ? Optional.of(name.substring(PREFIX.length())) : Optional.empty();
  }

  void recycle(JsonObject volume) {
    JsonObject spec = volume.object("spec");
    if (!spec.has("hostPath") && !spec.has("nfs")) {
      fail(volume, "No recycler plugin found for the volume!");
      return;
    }
    Client client = context.client();
    String name = PREFIX + ObjectMeta.name(volume);
    Optional<JsonObject> pod = client.get("pods", NAMESPACE, name);
    if (pod.isEmpty()) {
      if (!volume.string("status", "phase").equals("Failed")) {
        client.create("pods", pod(name, volume));
      }
      return;
    }
    switch (pod.get().string("status", "phase")) {
      case "Succeeded" -> {
        client.delete("pods", NAMESPACE, name, DeleteOptions.NOW);
        events.normal(EventRecorder.Subject.of(volume), "VolumeRecycled", "Volume recycled");
        binding.unbind(volume);
      }
      case "Failed" -> {
        client.delete("pods", NAMESPACE, name, DeleteOptions.NOW);
        fail(volume, "Recycle failed: " + pod.get().string("status", "message"));
      }
      default -> {
        // It is still at work.
      }
    }
  }

  private void fail(JsonObject volume, String message) {
    if (!volume.string("status", "message").equals(message)) {
      binding.phase(volume, "Failed", message);
      events.warning(EventRecorder.Subject.of(volume), "VolumeFailedRecycle", message);
    }
  }

  private static JsonObject pod(String name, JsonObject volume) {
    String kind = volume.object("spec").has("nfs") ? "nfs" : "hostPath";
    JsonObject source =
        JsonObject.builder().put("name", "vol").put(kind, volume.object("spec", kind)).build();
    JsonObject container =
        JsonObject.builder()
            .put("name", "pv-recycler")
            .put("image", "registry.k8s.io/busybox")
            .put("imagePullPolicy", "IfNotPresent")
            .put("command", JsonArray.of(Json.of("/bin/sh")))
            .put("args", JsonArray.of(Json.of("-c"), Json.of(SCRUB)))
            .put(
                "volumeMounts",
                JsonArray.of(
                    JsonObject.builder().put("name", "vol").put("mountPath", "/scrub").build()))
            .build();
    JsonObject spec =
        JsonObject.builder()
            .put("activeDeadlineSeconds", 300)
            .put("restartPolicy", "Never")
            .put("volumes", JsonArray.of(source))
            .put("containers", JsonArray.of(container))
            .build();
    return JsonObject.of(
        "metadata",
        JsonObject.builder().put("name", name).put("namespace", NAMESPACE).build(),
        "spec",
        spec);
  }
}
