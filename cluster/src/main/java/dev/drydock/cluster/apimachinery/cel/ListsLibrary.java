package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.LIST;

import java.util.Comparator;
import java.util.List;

/// Kubernetes' list functions. Models apiserver `pkg/cel/library/lists.go`.
final class ListsLibrary {
  private static final Comparator<Object> NATURAL = ListsLibrary::compare;

  private ListsLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .member("isSorted", "list_is_sorted", BOOL, a -> isSorted(list(a)), LIST)
        .member("sum", "list_sum", DYN, a -> sum(list(a)), LIST)
        .member("min", "list_min", DYN, a -> notEmpty(a).stream().min(NATURAL).get(), LIST)
        .member("max", "list_max", DYN, a -> notEmpty(a).stream().max(NATURAL).get(), LIST)
        .member("indexOf", "list_index_of", INT, a -> (long) list(a).indexOf(a[1]), LIST, DYN)
        .member(
            "lastIndexOf",
            "list_last_index_of",
            INT,
            a -> (long) list(a).lastIndexOf(a[1]),
            LIST,
            DYN);
  }

  private static List<?> list(Object[] arguments) {
    return (List<?>) arguments[0];
  }

  private static List<?> notEmpty(Object[] arguments) {
    if (list(arguments).isEmpty()) {
      throw new IllegalArgumentException("min and max need a list that is not empty");
    }
    return list(arguments);
  }

  private static boolean isSorted(List<?> list) {
    for (int i = 1; i < list.size(); i++) {
      if (compare(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  /// The sum of whole numbers is one; that of quantities a quantity; the empty sum is 0.
  private static Object sum(List<?> list) {
    Object sum = 0L;
    for (Object item : list) {
      sum = sum.equals(0L) ? item : plus(sum, item);
    }
    return sum;
  }

  private static Object plus(Object sum, Object item) {
    if (sum instanceof CelQuantity a && item instanceof CelQuantity b) {
      return a.plus(b);
    }
    if (sum instanceof Long a && item instanceof Long b) {
      return Math.addExact(a, b);
    }
    if (sum instanceof Number a && item instanceof Number b) {
      return a.doubleValue() + b.doubleValue();
    }
    throw new IllegalArgumentException("cannot add " + Values.words(item) + " to a sum");
  }

  private static int compare(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return left instanceof Long x && right instanceof Long y
          ? Long.compare(x, y)
          : Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (left instanceof Comparable<?> && left.getClass() == right.getClass()) {
      @SuppressWarnings("unchecked")
      Comparable<Object> comparable = (Comparable<Object>) left;
      return comparable.compareTo(right);
    }
    throw new IllegalArgumentException(
        "cannot compare %s with %s".formatted(Values.words(left), Values.words(right)));
  }
}
