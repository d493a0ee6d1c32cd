package dev.drydock.cluster.cri;

import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/// What the runtime keeps of one node.
///
/// @param address the node's own
/// @param podPrefix the first three bytes of its pods' addresses, like `10.244.0.`
/// @param lastHost the host part given out last
/// @param images normalised references of the images on the node
record NodeRuntime(
    String name, String address, String podPrefix, int lastHost, PSet<String> images) {

  static NodeRuntime of(String name, String address, String podPrefix) {
    return new NodeRuntime(name, address, podPrefix, 1, HashTreePSet.empty());
  }

  NodeRuntime withLastHost(int host) {
    return new NodeRuntime(name, address, podPrefix, host, images);
  }

  NodeRuntime withImages(PSet<String> value) {
    return new NodeRuntime(name, address, podPrefix, lastHost, value);
  }
}
