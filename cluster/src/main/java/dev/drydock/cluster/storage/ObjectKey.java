package dev.drydock.cluster.storage;

/// Where an object is stored.
///
/// @param resource plural name and group, as `pods` or `deployments.apps`; storage knows no
///   versions
/// @param namespace empty for cluster-scoped objects
public record ObjectKey(String resource, String namespace, String name)
    implements Comparable<ObjectKey> {

  @Override
  public int compareTo(ObjectKey other) {
    int byResource = resource.compareTo(other.resource);
    if (byResource != 0) {
      return byResource;
    }
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
