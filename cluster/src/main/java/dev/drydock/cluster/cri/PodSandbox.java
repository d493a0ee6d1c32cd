package dev.drydock.cluster.cri;

import java.time.Instant;

/// A pod's sandbox as the runtime keeps it.
///
/// @param id 64 hexadecimal digits
/// @param ip the pod's address; the node's own with hostNetwork
/// @param ready false once stopped
public record PodSandbox(
    String id, String node, PodSandboxConfig config, String ip, Instant createdAt, boolean ready) {

  PodSandbox stopped() {
    return new PodSandbox(id, node, config, ip, createdAt, false);
  }
}
