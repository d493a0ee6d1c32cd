package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.SEMVER;

/// Kubernetes' functions for semantic versions. Models apiserver `pkg/cel/library/semverlib.go`.
final class SemverLibrary {
  private SemverLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .function("isSemver", "is_semver_string", BOOL, a -> isValid(a, false), STRING)
        .function(
            "isSemver",
            "is_semver_string_bool",
            BOOL,
            a -> isValid(a, (Boolean) a[1]),
            STRING,
            BOOL)
        .function("semver", "string_to_semver", SEMVER, a -> parse(a, false), STRING)
        .function(
            "semver", "string_bool_to_semver", SEMVER, a -> parse(a, (Boolean) a[1]), STRING, BOOL)
        .member("major", "semver_major", INT, a -> of(a[0]).major().longValue(), SEMVER)
        .member("minor", "semver_minor", INT, a -> of(a[0]).minor().longValue(), SEMVER)
        .member("patch", "semver_patch", INT, a -> of(a[0]).patch().longValue(), SEMVER)
        .member("isLessThan", "semver_is_less_than", BOOL, a -> compare(a) < 0, SEMVER, SEMVER)
        .member(
            "isGreaterThan", "semver_is_greater_than", BOOL, a -> compare(a) > 0, SEMVER, SEMVER)
        .member("compareTo", "semver_compare_to", INT, a -> (long) compare(a), SEMVER, SEMVER);
  }

  private static boolean isValid(Object[] arguments, boolean normalize) {
    return Semver.isValid((String) arguments[0], normalize);
  }

  private static Semver parse(Object[] arguments, boolean normalize) {
    return Semver.parse((String) arguments[0], normalize);
  }

  private static Semver of(Object value) {
    return (Semver) value;
  }

  private static int compare(Object[] arguments) {
    return Integer.signum(of(arguments[0]).compareTo(of(arguments[1])));
  }
}
