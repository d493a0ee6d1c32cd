package dev.drydock.cluster.registry.coordination.lease;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of leases. Models pkg/registry/coordination/lease.
public final class LeaseStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    long seconds = spec.integer(1, "leaseDurationSeconds");
    if (seconds <= 0) {
      errors.invalid(SPEC.child("leaseDurationSeconds"), seconds, "must be greater than 0");
    }
    Numbers.nonNegative(spec, "leaseTransitions", SPEC, errors);
  }
}
