package dev.drydock.cluster.registry.apiextensions.customresourcedefinition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The order of versions by their names: v2, v1, v1beta2, v1beta1, v1alpha1, then others by the
/// alphabet. Models apimachinery/pkg/version.CompareKubeAwareVersionStrings.
final class VersionOrder {
  private static final Pattern FORM =
      Pattern.compile("v([1-9]\\d{0,8})(?:(alpha|beta)([1-9]\\d{0,8}))?");

  private VersionOrder() {}

  /// Negative where the first is preferred.
  static int compare(String a, String b) {
    Matcher first = FORM.matcher(a);
    Matcher second = FORM.matcher(b);
    boolean known = first.matches();
    if (known != second.matches()) {
      return known ? -1 : 1;
    }
    if (!known) {
      return a.compareTo(b);
    }
    int stability = Integer.compare(stability(second), stability(first));
    if (stability != 0) {
      return stability;
    }
    int major = Integer.compare(number(second, 1), number(first, 1));
    return major != 0 ? major : Integer.compare(number(second, 3), number(first, 3));
  }

  private static int stability(Matcher version) {
    return switch (version.group(2)) {
      case null -> 2;
      case "beta" -> 1;
      default -> 0;
    };
  }

  private static int number(Matcher version, int group) {
    return version.group(group) == null ? 0 : Integer.parseInt(version.group(group));
  }
}
