package dev.drydock.cluster.controller.volume.persistentvolume;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.volume.Claims;
import java.util.Comparator;
import java.util.Optional;

/// Asks the provisioner of a class for a volume. Models provisionClaim of pv_controller.go, for
/// which every provisioner outside `kubernetes.io/` is an external one.
record Provisioning(Client client, EventRecorder events) {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  /// The class of claims that name none: the newest of those marked.
  static Optional<JsonObject> defaultClass(Client client) {
    return client.list(Claims.CLASSES, "").stream()
        .filter(c -> Claims.annotation(c, DEFAULT_CLASS).equals("true"))
        .max(
            Comparator.comparing((JsonObject c) -> c.string("metadata", "creationTimestamp"))
                .thenComparing(ObjectMeta::name, Comparator.reverseOrder()));
  }

  /// @return the claim as it is afterwards
  JsonObject ask(JsonObject claim, Optional<JsonObject> storageClass) {
    EventRecorder.Subject subject = EventRecorder.Subject.of(claim);
    if (storageClass.isEmpty()) {
      events.warning(
          subject,
          "ProvisioningFailed",
          "storageclass.storage.k8s.io \"%s\" not found".formatted(Claims.className(claim)));
      return claim;
    }
    String provisioner = storageClass.get().string("provisioner");
    if (provisioner.startsWith("kubernetes.io/")) {
      events.warning(
          subject, "ProvisioningFailed", "no volume plugin matched name: " + provisioner);
      return claim;
    }
    JsonObject asked = claim;
    if (!Claims.annotation(claim, Claims.PROVISIONER).equals(provisioner)) {
      asked =
          client.update(
              Claims.RESOURCE,
              Claims.withAnnotation(
                  Claims.withAnnotation(claim, Claims.PROVISIONER_BETA, provisioner),
                  Claims.PROVISIONER,
                  provisioner));
    }
    events.normal(
        subject,
        "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner '%s' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered."
            .formatted(provisioner));
    return asked;
  }
}
