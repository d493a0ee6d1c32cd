package dev.drydock.cluster.cri;

import dev.drydock.cluster.network.Connection;
import dev.drydock.cluster.network.NetworkState;
import dev.drydock.cluster.network.NetworkState.Route;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.Sys;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// The network from outside the containers.
final class Network implements NetworkService {
  private static final String OUTSIDE = "outside";

  private final RuntimeWork work;

  Network(RuntimeWork work) {
    this.work = work;
  }

  private NetworkState net() {
    return work.kernel.network();
  }

  @Override
  public Connect connect(@Nullable String sandboxId, String host, int port) {
    String ip = host;
    if (!Sys.isAddress(host)) {
      PVector<String> addresses = net().names().get(host.toLowerCase(Locale.ROOT));
      if (addresses == null || addresses.isEmpty()) {
        return new Connect(Outcome.TIMEOUT, 0);
      }
      ip = addresses.get(0);
    }
    String from = sandboxId == null ? OUTSIDE : namespace(sandboxId);
    return connect(from, sandboxId == null ? "10.244.0.1" : net().addressOf(from), ip, port);
  }

  @Override
  public Connect connectLoopback(String sandboxId, int port) {
    return connect(namespace(sandboxId), "127.0.0.1", "127.0.0.1", port);
  }

  @Override
  public Connect connectOnNode(String node, int port) {
    return connect(Volumes.nodeKey(node), "127.0.0.1", "127.0.0.1", port);
  }

  /// The network namespace of a sandbox: its own, or its node's.
  private String namespace(String sandboxId) {
    PodSandbox sandbox = work.sandboxes.get(sandboxId);
    return sandbox == null ? OUTSIDE : Sandboxes.namespace(sandbox);
  }

  private Connect connect(String from, String source, String ip, int port) {
    return switch (net().route(from, ip, port)) {
      case Route.Refused _ -> new Connect(Outcome.REFUSED, 0);
      case Route.Nowhere _ -> new Connect(Outcome.TIMEOUT, 0);
      case Route.To to -> {
        long id = net().nextConnection();
        work.kernel.setNetwork(net().connect(from, source, to));
        work.outside = work.outside.plus(id, 0);
        yield new Connect(Outcome.CONNECTED, id);
      }
    };
  }

  @Override
  public void send(long connection, byte[] bytes) {
    work.kernel.setNetwork(net().send(connection, true, ByteText.ofBytes(bytes)));
  }

  @Override
  public void shutdownOutput(long connection) {
    work.kernel.setNetwork(net().shutdownOutput(connection, true));
  }

  @Override
  public byte[] receive(long connection) {
    String bytes = net().peek(connection, true, Integer.MAX_VALUE);
    if (!bytes.isEmpty()) {
      work.kernel.setNetwork(net().consume(connection, true, bytes.length()));
    }
    return ByteText.toBytes(bytes);
  }

  @Override
  public boolean isAtEnd(long connection) {
    return net().isAtEnd(connection, true);
  }

  @Override
  public void close(long connection) {
    work.outside = work.outside.minus(connection);
    work.kernel.setNetwork(net().close(connection, true));
  }

  /// Tells of connections that have more to read than when they were last told of, or have ended.
  void collectEvents() {
    for (var entry : work.outside.entrySet()) {
      long id = entry.getKey();
      var connection = net().connections().get(id);
      int size = connection == null ? 0 : connection.client().size();
      int now = net().isAtEnd(id, true) || !peerSends(connection) ? -1 - size : size;
      if (now != entry.getValue()) {
        work.outside = work.outside.plus(id, now);
        if (now != 0) {
          work.events.add(new RuntimeEvent.ConnectionReady(id));
        }
      }
    }
  }

  private static boolean peerSends(@Nullable Connection connection) {
    return connection != null && connection.server().sends();
  }

  @Override
  public boolean isListening(String sandboxId, int port) {
    return net().listener(namespace(sandboxId), "127.0.0.1", port).isPresent();
  }

  @Override
  public void setService(String ip, int port, List<Backend> backends) {
    PVector<NetworkState.Backend> list = TreePVector.empty();
    for (Backend backend : backends) {
      list = list.plus(new NetworkState.Backend(backend.ip(), backend.port()));
    }
    work.kernel.setNetwork(net().withService(ip, port, list));
  }

  @Override
  public void removeService(String ip, int port) {
    work.kernel.setNetwork(net().withoutService(ip, port));
  }

  @Override
  public void setName(String name, List<String> addresses) {
    work.kernel.setNetwork(
        net().withName(name.toLowerCase(Locale.ROOT), TreePVector.from(addresses)));
  }

  @Override
  public void removeName(String name) {
    work.kernel.setNetwork(net().withoutName(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public void removeNamesBelow(String name) {
    String suffix = "." + name.toLowerCase(Locale.ROOT);
    List.copyOf(net().names().keySet()).stream()
        .filter(known -> known.endsWith(suffix))
        .sorted()
        .forEach(this::removeName);
  }
}
