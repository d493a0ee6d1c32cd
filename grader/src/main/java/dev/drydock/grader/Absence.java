package dev.drydock.grader;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.exercise.ObjectReference;
import dev.drydock.grader.submission.SourceLocation;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmittedDocument;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is there in place of an object that does not exist: in another namespace, under another
/// name, of another kind, or nothing.
///
/// @param location where the learner wrote what makes the difference
record Absence(String found, @Nullable SourceLocation location) {
  private static final int NAMES_MAX = 5;

  static Absence of(ObjectReference wanted, Evidence evidence, Submission submission) {
    List<JsonObject> ofKind = evidence.list(wanted.apiVersion(), wanted.kind(), "");
    Optional<JsonObject> elsewhere =
        ofKind.stream().filter(each -> named(each, wanted)).findFirst();
    if (elsewhere.isPresent()) {
      String namespace = elsewhere.get().string("metadata", "namespace");
      return new Absence(
          "a %s %s in namespace %s".formatted(wanted.kind(), wanted.name(), namespace),
          line(submission, wanted, "metadata.namespace"));
    }
    Optional<Absence> ofOtherKind = ofOtherKind(wanted, submission);
    if (ofOtherKind.isPresent()) {
      return ofOtherKind.get();
    }
    String names = names(ofKind, wanted.namespace());
    if (!names.isEmpty()) {
      return new Absence(
          "%s %s".formatted(wanted.kind(), names), line(submission, wanted, "metadata.name"));
    }
    return new Absence("no %s in namespace %s".formatted(wanted.kind(), wanted.namespace()), null);
  }

  private static boolean named(JsonObject object, ObjectReference wanted) {
    return object.string("metadata", "name").equals(wanted.name());
  }

  private static String names(List<JsonObject> objects, String namespace) {
    return objects.stream()
        .filter(object -> object.string("metadata", "namespace").equals(namespace))
        .map(object -> object.string("metadata", "name"))
        .limit(NAMES_MAX)
        .collect(Collectors.joining(", "));
  }

  private static @Nullable SourceLocation line(
      Submission submission, ObjectReference wanted, String path) {
    return Documents.describing(submission, wanted)
        .map(document -> document.locate(path))
        .orElse(null);
  }

  /// The manifest that has the name, when the learner wrote none of the wanted kind.
  private static Optional<Absence> ofOtherKind(ObjectReference wanted, Submission submission) {
    if (submission.documents().stream().anyMatch(each -> wanted.hasKindOf(each.object()))) {
      return Optional.empty();
    }
    return submission.documents().stream()
        .filter(document -> Documents.sameName(document, wanted.name()))
        .findFirst()
        .map(Absence::instead);
  }

  private static Absence instead(SubmittedDocument document) {
    JsonObject object = document.object();
    return new Absence(
        "a manifest of kind %s (%s)".formatted(object.string("kind"), object.string("apiVersion")),
        document.locate("kind"));
  }
}
