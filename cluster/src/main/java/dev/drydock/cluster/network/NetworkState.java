package dev.drydock.cluster.network;

import java.util.Comparator;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.IntTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Everything there is on the network. The methods that change something return the changed value.
///
/// @param namespaces which network namespace has an address
/// @param services backends by `ip:port`
/// @param names addresses by fully qualified name without the last dot
public record NetworkState(
    PMap<String, String> namespaces,
    IntTreePMap<Listener> listeners,
    PMap<Long, Connection> connections,
    PMap<String, PVector<Backend>> services,
    PMap<String, PVector<String>> names,
    int nextListener,
    long nextConnection,
    long picks) {

  /// An address behind a service.
  public record Backend(String ip, int port) {}

  /// How much one side may send before the other has read; writers wait beyond.
  public static final int WINDOW = 65_536;

  private static final int FIRST_EPHEMERAL_PORT = 32_768;

  public static NetworkState empty() {
    return new NetworkState(
        HashTreePMap.empty(),
        IntTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        1,
        1,
        0);
  }

  public NetworkState withAddress(String ip, String namespace) {
    return with(namespaces.plus(ip, namespace));
  }

  public NetworkState withoutAddress(String ip) {
    return with(namespaces.minus(ip));
  }

  private NetworkState with(PMap<String, String> changed) {
    return new NetworkState(
        changed, listeners, connections, services, names, nextListener, nextConnection, picks);
  }

  private NetworkState withListeners(IntTreePMap<Listener> changed) {
    return new NetworkState(
        namespaces, changed, connections, services, names, nextListener, nextConnection, picks);
  }

  private NetworkState withConnections(PMap<Long, Connection> changed) {
    return new NetworkState(
        namespaces, listeners, changed, services, names, nextListener, nextConnection, picks);
  }

  public NetworkState withService(String ip, int port, PVector<Backend> backends) {
    return new NetworkState(
        namespaces,
        listeners,
        connections,
        services.plus(ip + ":" + port, backends),
        names,
        nextListener,
        nextConnection,
        picks);
  }

  public NetworkState withoutService(String ip, int port) {
    return new NetworkState(
        namespaces,
        listeners,
        connections,
        services.minus(ip + ":" + port),
        names,
        nextListener,
        nextConnection,
        picks);
  }

  public NetworkState withName(String name, PVector<String> addresses) {
    return new NetworkState(
        namespaces,
        listeners,
        connections,
        services,
        names.plus(name, addresses),
        nextListener,
        nextConnection,
        picks);
  }

  public NetworkState withoutName(String name) {
    return new NetworkState(
        namespaces,
        listeners,
        connections,
        services,
        names.minus(name),
        nextListener,
        nextConnection,
        picks);
  }

  /// True if nothing else has the port.
  public boolean isFree(String namespace, int port) {
    return listener(namespace, "0.0.0.0", port).isEmpty()
        && listeners.values().stream()
            .noneMatch(l -> l.namespace().equals(namespace) && l.port() == port);
  }

  /// Adds a listener; its id is {@link #nextListener()} of before.
  public NetworkState listen(String namespace, String address, int port, String owner) {
    var added = new Listener(nextListener, namespace, address, port, owner, TreePVector.empty());
    return new NetworkState(
        namespaces,
        listeners.plus(nextListener, added),
        connections,
        services,
        names,
        nextListener + 1,
        nextConnection,
        picks);
  }

  public NetworkState unlisten(int id) {
    Listener listener = listeners.get(id);
    if (listener == null) {
      return this;
    }
    NetworkState changed = withListeners(listeners.minus(id));
    for (long waiting : listener.backlog()) {
      changed = changed.close(waiting, false);
    }
    return changed;
  }

  /// The listener that a connect to the address inside the namespace meets.
  public Optional<Listener> listener(String namespace, String address, int port) {
    return listeners.values().stream()
        .filter(l -> l.namespace().equals(namespace) && l.port() == port)
        .filter(l -> l.accepts(address))
        .findFirst();
  }

  /// Where a connect leads.
  public sealed interface Route {
    record To(Listener listener, String address, int port) implements Route {}

    record Refused() implements Route {}

    /// Nobody answers.
    record Nowhere() implements Route {}
  }

  /// Finds who answers at an address and port, seen from a namespace.
  public Route route(String namespace, String ip, int port) {
    PVector<Backend> backends = services.get(ip + ":" + port);
    if (backends != null) {
      if (backends.isEmpty()) {
        return new Route.Refused();
      }
      Backend backend = backends.get((int) (picks % backends.size()));
      return direct(namespace, backend.ip(), backend.port());
    }
    return direct(namespace, ip, port);
  }

  private Route direct(String namespace, String ip, int port) {
    String target = isLoopback(ip) ? namespace : namespaces.get(ip);
    if (target == null) {
      return new Route.Nowhere();
    }
    Optional<Listener> listener = listener(target, ip, port);
    return listener.isPresent() ? new Route.To(listener.get(), ip, port) : new Route.Refused();
  }

  public static boolean isLoopback(String ip) {
    return ip.startsWith("127.") || ip.equals("::1");
  }

  /// The address of a namespace, or the loopback's if it has none.
  public String addressOf(String namespace) {
    return namespaces.entrySet().stream()
        .filter(e -> e.getValue().equals(namespace))
        .map(e -> e.getKey())
        .min(Comparator.naturalOrder())
        .orElse("127.0.0.1");
  }

  /// Adds a connection; its id is {@link #nextConnection()} of before.
  public NetworkState connect(String namespace, String clientAddress, Route.To to) {
    int port = FIRST_EPHEMERAL_PORT + (int) (nextConnection % 28_000);
    Listener listener = to.listener();
    var connection =
        new Connection(
            nextConnection,
            Connection.End.of(namespace, clientAddress, port),
            Connection.End.of(listener.namespace(), to.address(), to.port()));
    Listener waiting = listener.withBacklog(listener.backlog().plus(nextConnection));
    return new NetworkState(
        namespaces,
        listeners.plus(listener.id(), waiting),
        connections.plus(nextConnection, connection),
        services,
        names,
        nextListener,
        nextConnection + 1,
        picks + 1);
  }

  /// Takes the oldest waiting connection off a listener's backlog.
  public NetworkState accepted(int listenerId) {
    Listener listener = listeners.get(listenerId);
    return listener == null || listener.backlog().isEmpty()
        ? this
        : withListeners(
            listeners.plus(listenerId, listener.withBacklog(listener.backlog().minus(0))));
  }

  /// How much one side can send now; -1 if the other is gone.
  public int room(long id, boolean clientSide) {
    Connection connection = connections.get(id);
    if (connection == null || !connection.end(!clientSide).open()) {
      return -1;
    }
    return Math.max(0, WINDOW - connection.end(!clientSide).size());
  }

  public NetworkState send(long id, boolean clientSide, String bytes) {
    Connection connection = connections.get(id);
    if (connection == null || bytes.isEmpty() || !connection.end(!clientSide).open()) {
      return this;
    }
    Connection.End peer = connection.end(!clientSide);
    return withConnections(connections.plus(id, connection.with(!clientSide, peer.plus(bytes))));
  }

  /// The first bytes that one side can read; empty if there are none now.
  public String peek(long id, boolean clientSide, int max) {
    Connection connection = connections.get(id);
    if (connection == null) {
      return "";
    }
    var out = new StringBuilder();
    for (String chunk : connection.end(clientSide).incoming()) {
      if (out.length() >= max) {
        break;
      }
      out.append(chunk, 0, Math.min(chunk.length(), max - out.length()));
    }
    return out.toString();
  }

  public NetworkState consume(long id, boolean clientSide, int count) {
    Connection connection = connections.get(id);
    if (connection == null) {
      return this;
    }
    Connection.End end = connection.end(clientSide);
    PVector<String> rest = end.incoming();
    int left = count;
    while (left > 0) {
      String first = rest.get(0);
      rest = first.length() <= left ? rest.minus(0) : rest.with(0, first.substring(left));
      left -= Math.min(left, first.length());
    }
    return withConnections(
        connections.plus(id, connection.with(clientSide, end.with(rest, end.size() - count))));
  }

  /// True if nothing more can come to that side.
  public boolean isAtEnd(long id, boolean clientSide) {
    Connection connection = connections.get(id);
    return connection == null
        || (connection.end(clientSide).size() == 0 && !connection.end(!clientSide).sends());
  }

  public NetworkState shutdownOutput(long id, boolean clientSide) {
    Connection connection = connections.get(id);
    return connection == null
        ? this
        : withConnections(
            connections.plus(
                id, connection.with(clientSide, connection.end(clientSide).shutdown())));
  }

  /// Closes one side; the connection is forgotten when both are.
  public NetworkState close(long id, boolean clientSide) {
    Connection connection = connections.get(id);
    if (connection == null) {
      return this;
    }
    Connection changed = connection.with(clientSide, connection.end(clientSide).closed());
    return withConnections(
        changed.client().open() || changed.server().open()
            ? connections.plus(id, changed)
            : connections.minus(id));
  }
}
