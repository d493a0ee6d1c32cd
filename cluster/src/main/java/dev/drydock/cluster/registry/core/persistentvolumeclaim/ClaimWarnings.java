package dev.drydock.cluster.registry.core.persistentvolumeclaim;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.function.Consumer;

/// Warns of claims for part of a byte. Models GetWarningsForPersistentVolumeClaimSpec in
/// pkg/api/persistentvolumeclaim.
public final class ClaimWarnings {
  private ClaimWarnings() {}

  public static void ofSpec(JsonObject spec, FieldPath path, Consumer<String> warnings) {
    for (String kind : new String[] {"requests", "limits"}) {
      Quantity amount = Quantities.at(spec, "resources", kind, "storage");
      if (amount.milliValue() % 1000 != 0) {
        warnings.accept(
            "%s: fractional byte value %s is invalid, must be an integer"
                .formatted(
                    path.child("resources").child(kind).key("storage"),
                    FieldErrors.quote(amount.toString())));
      }
    }
  }
}
