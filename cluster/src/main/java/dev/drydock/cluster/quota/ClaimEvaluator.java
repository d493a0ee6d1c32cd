package dev.drydock.cluster.quota;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What persistent volume claims take: themselves and their storage, in all and of their class.
/// Models pkg/quota/v1/evaluator/core/persistent_volume_claims.go.
final class ClaimEvaluator implements Evaluator {
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String COUNT = "count/" + CLAIMS;
  private static final String STORAGE = "requests.storage";
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
  private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);

  @Override
  public String resource() {
    return CLAIMS;
  }

  @Override
  public boolean handles(boolean create, String subresource) {
    return subresource.isEmpty() || !create && subresource.equals("status");
  }

  @Override
  public boolean matches(String quotaName) {
    return quotaName.equals(COUNT)
        || Stream.of(CLAIMS, STORAGE)
            .anyMatch(name -> quotaName.equals(name) || quotaName.endsWith(OF_CLASS + name));
  }

  @Override
  public boolean isInScope(QuotaScope scope, JsonObject claim) {
    return scope.name().equals("VolumeAttributesClass")
        && scope.selects(
            claim
                .object("spec")
                .optionalString("volumeAttributesClassName")
                .filter(name -> !name.isEmpty()));
  }

  @Override
  public ResourceList usage(JsonObject claim, Instant now) {
    String storageClass = classOf(claim);
    ResourceList used = ResourceList.of(CLAIMS, ONE).with(COUNT, ONE);
    if (!storageClass.isEmpty()) {
      used = used.with(storageClass + OF_CLASS + CLAIMS, ONE);
    }
    Optional<Quantity> storage = storage(claim);
    if (storage.isEmpty()) {
      return used;
    }
    used = used.with(STORAGE, storage.get());
    return storageClass.isEmpty()
        ? used
        : used.with(storageClass + OF_CLASS + STORAGE, storage.get());
  }

  private static String classOf(JsonObject claim) {
    String annotated =
        claim.string("metadata", "annotations", "volume.beta.kubernetes.io/storage-class");
    return annotated.isEmpty() ? claim.string("spec", "storageClassName") : annotated;
  }

  private static Optional<Quantity> storage(JsonObject claim) {
    if (claim.at("spec", "resources", "requests", "storage") == null) {
      return Optional.empty();
    }
    Quantity asked = Quantities.at(claim, "spec", "resources", "requests", "storage");
    Quantity given = Quantities.at(claim, "status", "allocatedResources", "storage");
    Quantity larger = given.compareTo(asked) > 0 ? given : asked;
    return Optional.of(new Quantity(larger.amount().setScale(0, RoundingMode.UP), larger.format()));
  }
}
