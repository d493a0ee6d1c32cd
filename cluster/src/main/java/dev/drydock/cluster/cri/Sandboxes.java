package dev.drydock.cluster.cri;

import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.FileTree;
import java.util.HashSet;
import java.util.Set;

/// Pod sandboxes: addresses, host names, and the files about them.
final class Sandboxes {
  private static final int HOSTS_MAX = 254;

  private final RuntimeWork work;

  Sandboxes(RuntimeWork work) {
    this.work = work;
  }

  /// Key of the network namespace that the sandbox's containers are in.
  static String namespace(PodSandbox sandbox) {
    return sandbox.config().hostNetwork() ? Volumes.nodeKey(sandbox.node()) : sandbox.id();
  }

  static String key(String sandboxId) {
    return "sandbox:" + sandboxId;
  }

  String run(String nodeName, PodSandboxConfig config) {
    NodeRuntime node = work.node(nodeName);
    String ip = config.hostNetwork() ? node.address() : allocate(node);
    var sandbox = new PodSandbox(work.newId(), nodeName, config, ip, work.now, true);
    work.sandboxes = work.sandboxes.plus(sandbox.id(), sandbox);
    if (!config.hostNetwork()) {
      work.kernel.setNetwork(work.kernel.network().withAddress(ip, sandbox.id()));
    }
    var tree = new FileTree(FileSystem.empty(1 << 20, work.now, 0755), work.now);
    tree.file("hostname", hostname(sandbox) + "\n", 0644);
    tree.file("hosts", hosts(sandbox), 0644);
    tree.file("resolv.conf", resolvConf(config.dns()), 0644);
    work.kernel.mountFileSystem(key(sandbox.id()), tree.fileSystem());
    return sandbox.id();
  }

  static String hostname(PodSandbox sandbox) {
    return sandbox.config().hostNetwork() ? sandbox.node() : sandbox.config().hostname();
  }

  /// The next free address of the node, as the host-local plugin gives them out.
  private String allocate(NodeRuntime node) {
    Set<String> taken = new HashSet<>();
    work.sandboxes.values().stream().filter(PodSandbox::ready).forEach(s -> taken.add(s.ip()));
    int host = node.lastHost();
    for (int tries = 0; tries < HOSTS_MAX; tries++) {
      host = host >= HOSTS_MAX ? 2 : host + 1;
      if (!taken.contains(node.podPrefix() + host)) {
        work.put(node.withLastHost(host));
        return node.podPrefix() + host;
      }
    }
    throw new IllegalStateException(
        "no IP addresses available in range set: " + node.podPrefix() + "0/24");
  }

  /// Models pkg/kubelet/kubelet_pods.go's managedHostsFileContent.
  private static String hosts(PodSandbox sandbox) {
    var out = new StringBuilder();
    out.append("# Kubernetes-managed hosts file.\n");
    out.append("127.0.0.1\tlocalhost\n");
    out.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
    out.append("fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\n");
    out.append("fe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
    out.append(sandbox.ip()).append('\t').append(hostname(sandbox)).append('\n');
    var aliases = sandbox.config().hostAliases();
    if (!aliases.isEmpty()) {
      out.append("\n# Entries added by HostAliases.\n");
      aliases
          .asMap()
          .forEach(
              (ip, names) ->
                  out.append(ip).append('\t').append(String.join("\t", names)).append('\n'));
    }
    return out.toString();
  }

  private static String resolvConf(PodSandboxConfig.Dns dns) {
    var out = new StringBuilder();
    if (!dns.searches().isEmpty()) {
      out.append("search ").append(String.join(" ", dns.searches())).append('\n');
    }
    dns.servers().forEach(server -> out.append("nameserver ").append(server).append('\n'));
    if (!dns.options().isEmpty()) {
      out.append("options ").append(String.join(" ", dns.options())).append('\n');
    }
    return out.toString();
  }

  void stop(PodSandbox sandbox) {
    if (sandbox.ready()) {
      work.sandboxes = work.sandboxes.plus(sandbox.id(), sandbox.stopped());
      if (!sandbox.config().hostNetwork()) {
        work.kernel.setNetwork(work.kernel.network().withoutAddress(sandbox.ip()));
      }
    }
  }

  void remove(String sandboxId) {
    work.sandboxes = work.sandboxes.minus(sandboxId);
    work.kernel.removeFileSystem(key(sandboxId), 0);
  }
}
