package dev.drydock.cluster.apimachinery.schema;

/// A resource, named by its lower-case plural, in one version: `apps/v1, Resource=deployments`.
public record GroupVersionResource(String group, String version, String resource) {

  public GroupVersion groupVersion() {
    return new GroupVersion(group, version);
  }

  /// The name messages use: `deployments.apps`, `pods`.
  public String groupResource() {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  /// As upstream's messages write it.
  @Override
  public String toString() {
    return group + "/" + version + ", Resource=" + resource;
  }
}
