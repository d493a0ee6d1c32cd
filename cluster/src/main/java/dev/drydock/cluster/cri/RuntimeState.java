package dev.drydock.cluster.cri;

import dev.drydock.cluster.image.ImageCatalog;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Everything that the container runtimes of a cluster's nodes know, as one immutable value:
/// keeping a reference is a fork.
public record RuntimeState(
    ImageCatalog catalog,
    PMap<String, NodeRuntime> nodes,
    PMap<String, PodSandbox> sandboxes,
    PMap<String, ContainerStatus> containers,
    PMap<String, ContainerLog> logs,
    PMap<String, Session> sessions) {

  /// No nodes and nothing running.
  public static RuntimeState empty(ImageCatalog catalog) {
    return new RuntimeState(
        catalog,
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty());
  }
}
