package dev.drydock.grader.submission;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// What a learner hands in to be graded.
///
/// @param name how reports call it: the path that was given, or the learner's name
/// @param documents manifests in order
/// @param way what the documents are to the cluster
public record Submission(String name, ImmutableList<SubmittedDocument> documents, Way way) {

  /// How a submission reaches the cluster.
  public enum Way {
    /// The documents are applied by the grader.
    FILES,
    /// The learner has worked on the cluster; the documents, if any, only tell the lines of the
    /// fields.
    LIVE
  }

  /// Manifests that the grader applies.
  public static Submission files(String name, ImmutableList<SubmittedDocument> documents) {
    return new Submission(name, documents, Way.FILES);
  }

  /// The state of the cluster itself, with the learner's files to point into.
  public static Submission live(String name, ImmutableList<SubmittedDocument> documents) {
    return new Submission(name, documents, Way.LIVE);
  }

  public ImmutableList<JsonObject> objects() {
    return documents.stream()
        .map(SubmittedDocument::object)
        .collect(ImmutableList.toImmutableList());
  }
}
