package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.QUANTITY;

import java.math.BigDecimal;

/// Kubernetes' quantity functions. Models apiserver `pkg/cel/library/quantity.go`; `quantity` takes
/// a whole number too, since a manifest may spell `cpu: 1` without quotes.
final class QuantityLibrary {
  private QuantityLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .function("isQuantity", "is_quantity_string", BOOL, a -> isValid(a[0]), STRING)
        .function("quantity", "string_to_quantity", QUANTITY, a -> parse(a[0]), STRING)
        .function("quantity", "int_to_quantity", QUANTITY, a -> ofInteger(a[0]), INT)
        .member("sign", "quantity_sign", INT, a -> (long) of(a[0]).value().signum(), QUANTITY)
        .member("isInteger", "quantity_is_integer", BOOL, a -> of(a[0]).isInteger(), QUANTITY)
        .member("asInteger", "quantity_as_integer", INT, a -> of(a[0]).asInteger(), QUANTITY)
        .member(
            "asApproximateFloat",
            "quantity_get_float",
            DOUBLE,
            a -> of(a[0]).value().doubleValue(),
            QUANTITY)
        .member("add", "quantity_add", QUANTITY, a -> of(a[0]).plus(of(a[1])), QUANTITY, QUANTITY)
        .member("add", "quantity_add_int", QUANTITY, a -> plusInteger(a), QUANTITY, INT)
        .member("sub", "quantity_sub", QUANTITY, a -> of(a[0]).minus(of(a[1])), QUANTITY, QUANTITY)
        .member("sub", "quantity_sub_int", QUANTITY, a -> minusInteger(a), QUANTITY, INT)
        .member(
            "isLessThan", "quantity_is_less_than", BOOL, a -> compare(a) < 0, QUANTITY, QUANTITY)
        .member(
            "isGreaterThan",
            "quantity_is_greater_than",
            BOOL,
            a -> compare(a) > 0,
            QUANTITY,
            QUANTITY)
        .member(
            "compareTo", "quantity_compare_to", INT, a -> (long) compare(a), QUANTITY, QUANTITY);
  }

  private static boolean isValid(Object text) {
    return CelQuantity.isValid((String) text);
  }

  private static CelQuantity parse(Object text) {
    return CelQuantity.parse((String) text);
  }

  private static CelQuantity ofInteger(Object value) {
    return new CelQuantity(BigDecimal.valueOf((Long) value));
  }

  private static CelQuantity of(Object value) {
    return (CelQuantity) value;
  }

  private static CelQuantity plusInteger(Object[] arguments) {
    return of(arguments[0]).plus(ofInteger(arguments[1]));
  }

  private static CelQuantity minusInteger(Object[] arguments) {
    return of(arguments[0]).minus(ofInteger(arguments[1]));
  }

  private static int compare(Object[] arguments) {
    return of(arguments[0]).compareTo(of(arguments[1]));
  }
}
