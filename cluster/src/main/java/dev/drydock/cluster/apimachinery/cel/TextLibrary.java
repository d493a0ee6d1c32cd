package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.LIST;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.STRINGS;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/// Kubernetes' regular expression functions and the `format` of CEL's string extension. Models
/// apiserver `pkg/cel/library/regex.go` and cel-go `ext/formatting.go`.
final class TextLibrary {
  private TextLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .member("find", "string_find_string", STRING, a -> find(a), STRING, STRING)
        .member("findAll", "string_find_all_string", STRINGS, a -> findAll(a, -1), STRING, STRING)
        .member(
            "findAll",
            "string_find_all_string_int",
            STRINGS,
            a -> findAll(a, (Long) a[2]),
            STRING,
            STRING,
            INT)
        .member(
            "format",
            "string_format",
            STRING,
            a -> Formatter.format((String) a[0], (List<?>) a[1]),
            STRING,
            LIST);
  }

  private static String find(Object[] arguments) {
    Matcher matcher = pattern(arguments).matcher((String) arguments[0]);
    return matcher.find() ? matcher.group() : "";
  }

  /// A negative limit means all.
  private static List<String> findAll(Object[] arguments, long limit) {
    Matcher matcher = pattern(arguments).matcher((String) arguments[0]);
    List<String> found = new ArrayList<>();
    while ((limit < 0 || found.size() < limit) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static Pattern pattern(Object[] arguments) {
    try {
      return Pattern.compile((String) arguments[1]);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("Illegal regex: " + e.getMessage(), e);
    }
  }
}
