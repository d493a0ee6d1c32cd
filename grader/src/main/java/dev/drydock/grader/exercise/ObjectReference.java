package dev.drydock.grader.exercise;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Names one object of the cluster.
///
/// @param namespace empty for a cluster-scoped object
public record ObjectReference(String apiVersion, String kind, String namespace, String name) {

  /// The reference to the object a manifest describes, in the default namespace unless it says
  /// otherwise.
  public static ObjectReference of(JsonObject manifest) {
    String namespace = manifest.string("metadata", "namespace");
    return new ObjectReference(
        manifest.string("apiVersion"),
        manifest.string("kind"),
        namespace.isEmpty() ? "default" : namespace,
        manifest.string("metadata", "name"));
  }

  /// In a sentence: `Pod kuard in namespace default`.
  public String words() {
    return namespace.isEmpty()
        ? "%s %s".formatted(kind, name)
        : "%s %s in namespace %s".formatted(kind, name, namespace);
  }

  public boolean hasKindOf(JsonObject manifest) {
    return kind.equals(manifest.string("kind")) && apiVersion.equals(manifest.string("apiVersion"));
  }
}
