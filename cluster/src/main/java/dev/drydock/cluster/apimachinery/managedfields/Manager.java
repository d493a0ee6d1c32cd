package dev.drydock.cluster.apimachinery.managedfields;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Who changes fields, and how: the identity of an entry of `managedFields`.
///
/// @param apiVersion the version in which it changed them; for an applier it is no part of who it
///   is
/// @param subresource empty for the object itself
record Manager(String name, boolean applies, String apiVersion, String subresource) {

  static Manager of(JsonObject entry) {
    boolean applies = entry.string("operation").equals("Apply");
    return new Manager(
        entry.string("manager"),
        applies,
        applies ? "" : entry.string("apiVersion"),
        entry.string("subresource"));
  }

  static Manager of(ManagedFields.Change change, boolean applies) {
    return new Manager(
        change.manager(), applies, applies ? "" : change.apiVersion(), change.subresource());
  }

  String operation() {
    return applies ? "Apply" : "Update";
  }

  /// As conflicts name it.
  @Override
  public String toString() {
    String text = '"' + name + '"';
    if (!subresource.isEmpty()) {
      text += " with subresource \"" + subresource + '"';
    }
    return applies ? text : text + " using " + apiVersion;
  }
}
