package dev.drydock.grader;

import dev.drydock.grader.exercise.ObjectReference;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmittedDocument;
import java.util.List;
import java.util.Optional;

/// Finds the manifest in which a learner described an object.
final class Documents {
  private Documents() {}

  /// The last manifest with the object's kind and name; else the only one of its kind, which must
  /// be the one that was meant.
  static Optional<SubmittedDocument> describing(Submission submission, ObjectReference reference) {
    List<SubmittedDocument> ofKind =
        submission.documents().stream()
            .filter(document -> reference.hasKindOf(document.object()))
            .toList();
    Optional<SubmittedDocument> exact =
        ofKind.stream()
            .filter(document -> sameName(document, reference.name()))
            .reduce((_, last) -> last);
    return exact.isPresent() || ofKind.size() != 1 ? exact : Optional.of(ofKind.getFirst());
  }

  static boolean sameName(SubmittedDocument document, String name) {
    return document.object().string("metadata", "name").equals(name);
  }
}
