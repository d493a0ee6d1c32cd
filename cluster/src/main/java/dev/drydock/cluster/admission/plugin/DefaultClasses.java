package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Which class of several is the default: the newest that an annotation marks, or of two of one
/// second the first by name.
final class DefaultClasses {
  private static final Comparator<JsonObject> NEWEST_FIRST =
      Comparator.comparing((JsonObject object) -> object.string("metadata", "creationTimestamp"))
          .reversed()
          .thenComparing(ObjectMeta::name);

  private DefaultClasses() {}

  static Optional<String> newest(Stream<JsonObject> classes, String... annotations) {
    return classes
        .filter(
            candidate ->
                Arrays.stream(annotations)
                    .anyMatch(
                        annotation ->
                            "true".equals(ObjectMeta.annotations(candidate).get(annotation))))
        .min(NEWEST_FIRST)
        .map(ObjectMeta::name);
  }
}
