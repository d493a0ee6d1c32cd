package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;

/// What a pod's sandbox is to be: its network namespace, host name and name resolution. Models the
/// CRI message of that name.
///
/// @param hostNetwork true to use the node's address and ports
/// @param dns what /etc/resolv.conf is to say
/// @param hostAliases names by address, added to /etc/hosts
public record PodSandboxConfig(
    String namespace,
    String name,
    String uid,
    int attempt,
    String hostname,
    boolean hostNetwork,
    Dns dns,
    ImmutableListMultimap<String, String> hostAliases) {

  /// The content of /etc/resolv.conf.
  public record Dns(
      ImmutableList<String> servers,
      ImmutableList<String> searches,
      ImmutableList<String> options) {

    /// What `dnsPolicy: ClusterFirst` gives a pod of the namespace.
    public static Dns clusterFirst(String namespace) {
      return new Dns(
          ImmutableList.of("10.96.0.10"),
          ImmutableList.of(namespace + ".svc.cluster.local", "svc.cluster.local", "cluster.local"),
          ImmutableList.of("ndots:5"));
    }
  }

  /// A plain sandbox as most pods have it.
  public static PodSandboxConfig of(String namespace, String name, String uid) {
    return new PodSandboxConfig(
        namespace,
        name,
        uid,
        0,
        name,
        false,
        Dns.clusterFirst(namespace),
        ImmutableListMultimap.of());
  }
}
