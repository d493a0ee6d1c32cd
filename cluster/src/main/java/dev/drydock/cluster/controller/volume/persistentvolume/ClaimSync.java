package dev.drydock.cluster.controller.volume.persistentvolume;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.volume.Claims;
import dev.drydock.cluster.volume.VolumeMatching;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings one claim closer to its volume. Models syncUnboundClaim and syncBoundClaim of
/// pv_controller.go.
final class ClaimSync {
  private final Client client;
  private final EventRecorder events;
  private final Binding binding;

  ClaimSync(ComponentContext context) {
    this.client = context.client();
    this.events = new EventRecorder(client, context.now(), PersistentVolumeController.REPORTER, "");
    this.binding = new Binding(client, context.now());
  }

  /// @return whether nothing is left to be done for the claim
  boolean sync(JsonObject claim) {
    if (Claims.hasAnnotation(claim, Claims.BIND_COMPLETED)) {
      syncBound(claim);
      return true;
    }
    return claim.string("spec", "volumeName").isEmpty() ? choose(claim) : take(claim);
  }

  private boolean choose(JsonObject claim) {
    Optional<JsonObject> storageClass = Claims.storageClass(claim, client);
    boolean delayed =
        storageClass.filter(Claims::isDelayed).isPresent()
            && !Claims.hasAnnotation(claim, Claims.SELECTED_NODE);
    Optional<JsonObject> volume =
        VolumeMatching.find(claim, client.list(Claims.VOLUMES, ""), Set.of(), _ -> true, delayed);
    if (volume.isPresent()) {
      binding.bind(volume.get(), claim);
      return true;
    }
    if (takesDefaultClass(claim)) {
      return true;
    }
    if (delayed) {
      sayWaiting(claim);
    } else if (!Claims.className(claim).isEmpty()) {
      JsonObject asked = new Provisioning(client, events).ask(claim, storageClass);
      binding.claimStatus(asked, "Pending", JsonObject.EMPTY);
      return false;
    } else {
      events.normal(
          EventRecorder.Subject.of(claim),
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set");
    }
    binding.claimStatus(claim, "Pending", JsonObject.EMPTY);
    return false;
  }

  /// A claim that was made before there was a default class gets it now.
  private boolean takesDefaultClass(JsonObject claim) {
    if (claim.object("spec").has("storageClassName") || !Claims.className(claim).isEmpty()) {
      return false;
    }
    Optional<JsonObject> chosen = Provisioning.defaultClass(client);
    chosen.ifPresent(
        storageClass ->
            client.update(
                Claims.RESOURCE,
                claim.withObject(
                    "spec", spec -> spec.with("storageClassName", ObjectMeta.name(storageClass)))));
    return chosen.isPresent();
  }

  private void sayWaiting(JsonObject claim) {
    List<String> pods =
        client.list("pods", ObjectMeta.namespace(claim)).stream()
            .filter(pod -> pod.string("spec", "nodeName").isEmpty())
            .filter(pod -> uses(pod, ObjectMeta.name(claim)))
            .map(ObjectMeta::name)
            .toList();
    EventRecorder.Subject subject = EventRecorder.Subject.of(claim);
    if (pods.isEmpty()) {
      events.normal(
          subject,
          "WaitForFirstConsumer",
          "waiting for first consumer to be created before binding");
    } else {
      String word = pods.size() == 1 ? "pod " : "pods ";
      events.normal(
          subject,
          "WaitForPodScheduled",
          "waiting for " + word + String.join(",", pods) + " to be scheduled");
    }
  }

  private static boolean uses(JsonObject pod, String claim) {
    return pod.array("spec", "volumes")
        .objects()
        .anyMatch(v -> v.string("persistentVolumeClaim", "claimName").equals(claim));
  }

  /// The claim names its volume.
  private boolean take(JsonObject claim) {
    Optional<JsonObject> found = client.get(Claims.VOLUMES, "", claim.string("spec", "volumeName"));
    String refusal = "";
    String reason = "";
    if (found.isPresent()) {
      JsonObject volume = found.get();
      if (Claims.isClaimed(volume) && !Claims.isBoundTo(volume, claim)) {
        reason = "FailedBinding";
        refusal =
            "volume \"%s\" already bound to a different claim.".formatted(ObjectMeta.name(volume));
      } else if (!VolumeMatching.mismatch(volume, claim).isEmpty()) {
        reason = "VolumeMismatch";
        refusal =
            "Cannot bind to requested volume \"%s\": %s"
                .formatted(ObjectMeta.name(volume), VolumeMatching.mismatch(volume, claim));
      } else {
        binding.bind(volume, claim);
        return true;
      }
      events.warning(EventRecorder.Subject.of(claim), reason, refusal);
    }
    binding.claimStatus(claim, "Pending", JsonObject.EMPTY);
    return false;
  }

  private void syncBound(JsonObject claim) {
    String name = claim.string("spec", "volumeName");
    if (name.isEmpty()) {
      lose(
          claim,
          "ClaimLost",
          "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
      return;
    }
    Optional<JsonObject> volume = client.get(Claims.VOLUMES, "", name);
    if (volume.isEmpty()) {
      lose(
          claim,
          "ClaimLost",
          "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    } else if (!Claims.isClaimed(volume.get())
        || volume.get().string("spec", "claimRef", "uid").equals(ObjectMeta.uid(claim))) {
      binding.bind(volume.get(), claim);
    } else {
      lose(
          claim,
          "ClaimMisbound",
          "Two claims are bound to the same volume, this one is bound incorrectly");
    }
  }

  private void lose(JsonObject claim, String reason, String message) {
    if (!claim.string("status", "phase").equals("Lost")) {
      binding.claimStatus(claim, "Lost", JsonObject.EMPTY);
      events.warning(EventRecorder.Subject.of(claim), reason, message);
    }
  }
}
