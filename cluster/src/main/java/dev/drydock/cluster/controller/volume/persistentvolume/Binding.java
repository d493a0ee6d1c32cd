package dev.drydock.cluster.controller.volume.persistentvolume;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.volume.Claims;
import java.time.Instant;

/// The writes that make and undo a binding: first the volume's reference, then the claim's.
///
/// Models bind and unbindVolume of pv_controller.go.
record Binding(Client client, Instant now) {

  void bind(JsonObject volume, JsonObject claim) {
    JsonObject reserved = reserve(volume, claim);
    phase(reserved, "Bound", "");
    JsonObject named = name(reserved, claim);
    claimStatus(named, "Bound", reserved);
  }

  private JsonObject reserve(JsonObject volume, JsonObject claim) {
    boolean done =
        volume.string("spec", "claimRef", "uid").equals(ObjectMeta.uid(claim))
            && Claims.isBoundTo(volume, claim);
    return done ? volume : client.update(Claims.VOLUMES, Claims.reserved(volume, claim));
  }

  private JsonObject name(JsonObject volume, JsonObject claim) {
    JsonObject named = claim;
    if (!claim.string("spec", "volumeName").equals(ObjectMeta.name(volume))) {
      named =
          Claims.withAnnotation(
              claim.withAt(Json.of(ObjectMeta.name(volume)), "spec", "volumeName"),
              Claims.BOUND_BY_CONTROLLER,
              "yes");
    }
    if (!Claims.hasAnnotation(named, Claims.BIND_COMPLETED)) {
      named = Claims.withAnnotation(named, Claims.BIND_COMPLETED, "yes");
    }
    return named.equals(claim) ? claim : client.update(Claims.RESOURCE, named);
  }

  /// Writes a volume's phase, and why it failed if it did.
  JsonObject phase(JsonObject volume, String phase, String message) {
    JsonObject status = volume.object("status");
    if (status.string("phase").equals(phase) && status.string("message").equals(message)) {
      return volume;
    }
    JsonObject.Builder next = status.toBuilder().put("phase", phase).remove("message");
    if (!status.string("phase").equals(phase)) {
      next.put("lastPhaseTransitionTime", Times.seconds(now));
    }
    next.putUnlessEmpty("message", message);
    return client.updateStatus(Claims.VOLUMES, volume.with("status", next.build()));
  }

  /// Writes a claim's phase, and what its volume gives it.
  ///
  /// @param volume empty for none
  void claimStatus(JsonObject claim, String phase, JsonObject volume) {
    JsonObject status = claim.object("status").with("phase", phase);
    if (phase.equals("Bound")) {
      status = status.with("accessModes", volume.array("spec", "accessModes"));
      boolean first = !claim.string("status", "phase").equals("Bound");
      if (first || status.object("capacity").isEmpty()) {
        status = status.with("capacity", volume.object("spec", "capacity"));
      }
    } else if (volume.isEmpty()) {
      status = status.without("accessModes").without("capacity");
    }
    if (!status.equals(claim.object("status"))) {
      client.updateStatus(Claims.RESOURCE, claim.with("status", status));
    }
  }

  /// Lets a volume go back to those that are free, keeping a reservation that people made.
  void unbind(JsonObject volume) {
    JsonObject freed =
        Claims.hasAnnotation(volume, Claims.BOUND_BY_CONTROLLER)
            ? Claims.withoutAnnotation(volume, Claims.BOUND_BY_CONTROLLER)
                .withObject("spec", spec -> spec.without("claimRef"))
            : volume.withObject(
                "spec",
                spec ->
                    spec.withObject(
                        "claimRef", ref -> ref.without("uid").without("resourceVersion")));
    phase(client.update(Claims.VOLUMES, freed), "Available", "");
  }
}
