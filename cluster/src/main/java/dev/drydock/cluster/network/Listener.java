package dev.drydock.cluster.network;

import org.pcollections.PVector;

/// A socket that accepts connections.
///
/// @param namespace the network namespace it is in
/// @param address `0.0.0.0` for all
/// @param backlog connections not accepted yet
public record Listener(
    int id, String namespace, String address, int port, String owner, PVector<Long> backlog) {

  Listener withBacklog(PVector<Long> value) {
    return new Listener(id, namespace, address, port, owner, value);
  }

  boolean accepts(String toAddress) {
    return address.equals("0.0.0.0") || address.equals("::") || address.equals(toAddress);
  }
}
