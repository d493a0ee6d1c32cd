package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.FORMAT;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.STRINGS;

import dev.cel.common.types.OptionalType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Kubernetes' named formats of text. Models apiserver `pkg/cel/library/format.go`.
final class FormatLibrary {
  private FormatLibrary() {}

  static CelLibrary library() {
    CelLibrary library =
        new CelLibrary()
            .function(
                "format.named",
                "format-named",
                OptionalType.create(FORMAT),
                a -> Optional.ofNullable(Format.ALL.get((String) a[0])),
                STRING)
            .member(
                "validate",
                "format-validate",
                OptionalType.create(STRINGS),
                a -> validate((Format) a[0], (String) a[1]),
                FORMAT,
                STRING);
    for (String name : Format.ALL.keySet()) {
      library.function("format." + name, "format." + name, FORMAT, _ -> named(name));
    }
    return library;
  }

  private static Format named(String name) {
    return Objects.requireNonNull(Format.ALL.get(name));
  }

  private static Optional<List<String>> validate(Format format, String text) {
    List<String> problems = format.problems().apply(text);
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
  }
}
