package dev.drydock.cluster.cri;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cluster's network as outsiders use it: probes, port-forward and the API server's proxy. It
/// also takes the virtual addresses and names that kube-proxy and CoreDNS would serve.
public interface NetworkService {

  /// One pod (or node) address behind a service's port.
  record Backend(String ip, int port) {}

  enum Outcome {
    CONNECTED,
    REFUSED,
    /// No such address: a real connect would wait until it times out.
    TIMEOUT
  }

  /// The result of a connect.
  ///
  /// @param id of the connection; 0 unless connected
  record Connect(Outcome outcome, long id) {}

  /// Connects to an address or name.
  ///
  /// @param sandboxId from which pod; null from outside, by way of the node
  Connect connect(@Nullable String sandboxId, String host, int port);

  /// Connects to a port on the loopback of a pod, as port-forward does.
  Connect connectLoopback(String sandboxId, int port);

  /// Connects to a port on the loopback of a node, as the kubelet does.
  Connect connectOnNode(String node, int port);

  void send(long connection, byte[] bytes);

  /// No more bytes will be sent.
  void shutdownOutput(long connection);

  /// What came since the last call; empty if nothing.
  byte[] receive(long connection);

  /// True if the peer will send no more and everything was received.
  boolean isAtEnd(long connection);

  void close(long connection);

  /// True if something listens on the port of that pod.
  boolean isListening(String sandboxId, int port);

  /// Installs or replaces a virtual address: connects to it go to one of the backends, in turn.
  /// Without backends they are refused.
  void setService(String ip, int port, List<Backend> backends);

  void removeService(String ip, int port);

  /// Installs or replaces the A record of a name, fully qualified without the last dot.
  void setName(String name, List<String> addresses);

  void removeName(String name);

  /// Removes every name that ends with this one, itself excepted.
  void removeNamesBelow(String name);
}
