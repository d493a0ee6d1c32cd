package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// The type of an API object: `apps/v1, Kind=Deployment`.
public record GroupVersionKind(String group, String version, String kind) {

  /// The type an object says it has; empty parts where it says nothing.
  public static GroupVersionKind of(JsonObject object) {
    return GroupVersion.parse(object.string("apiVersion")).kind(object.string("kind"));
  }

  public GroupVersion groupVersion() {
    return new GroupVersion(group, version);
  }

  /// As `apiVersion` has it.
  public String apiVersion() {
    return groupVersion().toString();
  }

  /// As upstream's messages write it.
  @Override
  public String toString() {
    return group + "/" + version + ", Kind=" + kind;
  }
}
