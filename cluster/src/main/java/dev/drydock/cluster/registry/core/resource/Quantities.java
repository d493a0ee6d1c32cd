package dev.drydock.cluster.registry.core.resource;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.resource.QuantityFormatException;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Reads and checks the quantities of resources in objects. Models ValidateResourceQuantityValue in
/// pkg/apis/core/validation.
public final class Quantities {
  private static final int MILLI_SCALE = 3;

  private Quantities() {}

  /// The quantity of a field; zero where there is none.
  public static Quantity of(@Nullable Json value) {
    try {
      return switch (value) {
        case JsonString(String text) when !text.isEmpty() -> Quantity.parse(text);
        case JsonNumber number -> Quantity.parse(String.valueOf(number.value()));
        case null, default -> Quantity.ZERO;
      };
    } catch (QuantityFormatException e) {
      return Quantity.ZERO;
    }
  }

  public static Quantity at(JsonObject object, String... path) {
    return of(object.at(path));
  }

  /// The resources with each amount in canonical form, in whole thousandths. Models
  /// SetDefaults_ResourceList.
  public static JsonObject canonical(JsonObject resources) {
    JsonObject.Builder canonical = resources.toBuilder();
    resources.fields().forEach((name, value) -> canonical.put(name, canonical(of(value))));
    JsonObject changed = canonical.build();
    return changed.equals(resources) ? resources : changed;
  }

  private static String canonical(Quantity quantity) {
    return quantity.amount().scale() <= MILLI_SCALE
        ? quantity.toString()
        : new Quantity(quantity.amount().setScale(MILLI_SCALE, RoundingMode.UP), quantity.format())
            .toString();
  }

  public static void validate(String name, Quantity amount, FieldPath path, FieldErrors errors) {
    if (amount.sign() < 0) {
      errors.invalid(path, amount.toString(), Numbers.NEGATIVE);
    }
    if (ResourceNames.isInteger(name) && amount.milliValue() % 1000 != 0) {
      errors.invalid(path, amount.toString(), "must be an integer");
    }
  }

  public static void validatePositive(Quantity amount, FieldPath path, FieldErrors errors) {
    if (amount.sign() <= 0) {
      errors.invalid(path, amount.toString(), Numbers.NOT_POSITIVE);
    }
  }
}
