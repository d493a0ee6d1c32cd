package dev.drydock.cluster.apimachinery.schema;

/// An API group in one version, written `apps/v1`, or `v1` for the core group, whose name is empty.
public record GroupVersion(String group, String version) {
  public static final GroupVersion CORE = new GroupVersion("", "v1");

  /// Reads what an object's `apiVersion` says. Text without a slash is a version of the core group.
  public static GroupVersion parse(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new GroupVersion("", apiVersion)
        : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
  }

  public GroupVersionKind kind(String kind) {
    return new GroupVersionKind(group, version, kind);
  }

  public GroupVersionResource resource(String plural) {
    return new GroupVersionResource(group, version, plural);
  }

  /// The path below which the group version is served: `/api/v1` or `/apis/apps/v1`.
  public String path() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }

  /// As `apiVersion` has it.
  @Override
  public String toString() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
