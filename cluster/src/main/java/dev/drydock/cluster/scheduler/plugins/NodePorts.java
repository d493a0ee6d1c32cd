package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.List;
import java.util.stream.Stream;

/// Keeps a pod off nodes on which a host port it wants is taken. Models plugins/nodeports.
public final class NodePorts implements FilterPlugin {
  private static final String ANY = "0.0.0.0";

  /// A port of the node itself.
  private record HostPort(String ip, String protocol, long port) {
    boolean conflictsWith(HostPort other) {
      return port == other.port
          && protocol.equals(other.protocol)
          && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
    }
  }

  @Override
  public String name() {
    return "NodePorts";
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    List<HostPort> wanted = ports(pod).toList();
    return wanted.isEmpty()
        ? PreFilterResult.SKIP
        : new PreFilterResult.PerNode(node -> filter(wanted, node));
  }

  private static Status filter(List<HostPort> wanted, NodeInfo node) {
    boolean taken =
        node.pods().stream()
            .flatMap(NodePorts::ports)
            .anyMatch(used -> wanted.stream().anyMatch(used::conflictsWith));
    return taken
        ? Status.unschedulable("node(s) didn't have free ports for the requested pod ports")
        : Status.SUCCESS;
  }

  private static Stream<HostPort> ports(JsonObject pod) {
    Stream<JsonObject> sidecars =
        pod.array("spec", "initContainers")
            .objects()
            .filter(c -> c.string("restartPolicy").equals("Always"));
    return Stream.concat(pod.array("spec", "containers").objects(), sidecars)
        .flatMap(container -> container.array("ports").objects())
        .filter(port -> port.integer(0, "hostPort") > 0)
        .map(NodePorts::hostPort);
  }

  private static HostPort hostPort(JsonObject port) {
    String ip = port.string("hostIP");
    String protocol = port.string("protocol");
    return new HostPort(
        ip.isEmpty() ? ANY : ip,
        protocol.isEmpty() ? "TCP" : protocol,
        port.integer(0, "hostPort"));
  }
}
