package dev.drydock.cluster.controller.volume.persistentvolume;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.volume.Claims;
import java.util.Optional;

/// Brings one volume into the phase that its claim's existence asks for, and takes it back when the
/// claim is gone. Models syncVolume and reclaimVolume of pv_controller.go.
final class VolumeSync {
  private final ComponentContext context;
  private final Client client;
  private final EventRecorder events;
  private final Binding binding;

  VolumeSync(ComponentContext context) {
    this.context = context;
    this.client = context.client();
    this.events = new EventRecorder(client, context.now(), PersistentVolumeController.REPORTER, "");
    this.binding = new Binding(client, context.now());
  }

  void sync(JsonObject volume) {
    JsonObject reference = volume.object("spec", "claimRef");
    if (reference.string("uid").isEmpty()) {
      binding.phase(volume, "Available", "");
      return;
    }
    Optional<JsonObject> claim =
        client
            .get(Claims.RESOURCE, reference.string("namespace"), reference.string("name"))
            .filter(c -> ObjectMeta.uid(c).equals(reference.string("uid")));
    if (claim.isEmpty()) {
      release(volume);
    } else if (claim.get().string("spec", "volumeName").equals(ObjectMeta.name(volume))) {
      binding.phase(volume, "Bound", "");
    } else if (!claim.get().string("spec", "volumeName").isEmpty()) {
      // The claim went to another volume.
      if (isProvisionedToGo(volume)) {
        release(volume);
      } else {
        binding.unbind(volume);
      }
    }
  }

  private static boolean isProvisionedToGo(JsonObject volume) {
    return Claims.hasAnnotation(volume, Claims.PROVISIONED_BY) && policy(volume).equals("Delete");
  }

  private static String policy(JsonObject volume) {
    return volume.string("spec", "persistentVolumeReclaimPolicy");
  }

  private void release(JsonObject volume) {
    boolean failed = volume.string("status", "phase").equals("Failed");
    JsonObject released = failed ? volume : binding.phase(volume, "Released", "");
    if (ObjectMeta.isBeingDeleted(released)) {
      return;
    }
    switch (policy(released)) {
      case "Delete" -> delete(released);
      case "Recycle" -> new Recycler(context, events, binding).recycle(released);
      default -> {
        // Retain: people decide.
      }
    }
  }

  /// Volumes of external provisioners are deleted by these; of the others only a hostPath below
  /// /tmp can be.
  private void delete(JsonObject volume) {
    if (Claims.hasAnnotation(volume, Claims.PROVISIONED_BY)) {
      return;
    }
    JsonObject spec = volume.object("spec");
    if (!spec.has("hostPath")) {
      fail(
          volume,
          "error getting deleter volume plugin for volume \"%s\": no deletable volume plugin matched"
              .formatted(ObjectMeta.name(volume)));
    } else if (!spec.string("hostPath", "path").matches("/tmp/.+")) {
      fail(
          volume,
          "host_path deleter only supports /tmp/.+ but received provided "
              + spec.string("hostPath", "path"));
    } else {
      client.delete(Claims.VOLUMES, "", ObjectMeta.name(volume), DeleteOptions.BACKGROUND);
    }
  }

  private void fail(JsonObject volume, String message) {
    if (volume.string("status", "message").equals(message)) {
      return;
    }
    binding.phase(volume, "Failed", message);
    events.warning(EventRecorder.Subject.of(volume), "VolumeFailedDelete", message);
  }
}
