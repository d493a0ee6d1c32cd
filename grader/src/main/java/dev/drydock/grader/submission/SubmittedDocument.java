package dev.drydock.grader.submission;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.Positions;

/// One manifest of a submission, with the place of each of its fields.
///
/// @param file as the learner knows it, relative to what was handed in
/// @param prefix the path of this manifest in its document, with a dot, where it is an item of a
///   `List`; empty otherwise
public record SubmittedDocument(
    String file, JsonObject object, Positions positions, String prefix) {

  /// The line of a field, or of the nearest thing around it.
  ///
  /// @param path such as `spec.containers[0].image`; empty for the manifest itself
  public SourceLocation locate(String path) {
    String full = path.isEmpty() && prefix.endsWith(".") ? withoutDot() : prefix + path;
    Positions.Position position = positions.of(full);
    return new SourceLocation(file, position.line(), position.column());
  }

  private String withoutDot() {
    return prefix.substring(0, prefix.length() - 1);
  }
}
