package dev.drydock.cluster.network;

import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// A TCP connection: a queue of bytes each way.
public record Connection(long id, End client, End server) {

  /// One side of a connection.
  ///
  /// @param incoming bytes it has not read yet
  /// @param sends false once it will send no more
  /// @param open false once it is closed
  public record End(
      String namespace,
      String address,
      int port,
      PVector<String> incoming,
      int size,
      boolean sends,
      boolean open) {

    static End of(String namespace, String address, int port) {
      return new End(namespace, address, port, TreePVector.empty(), 0, true, true);
    }

    End plus(String bytes) {
      return new End(
          namespace, address, port, incoming.plus(bytes), size + bytes.length(), sends, open);
    }

    End with(PVector<String> rest, int restSize) {
      return new End(namespace, address, port, rest, restSize, sends, open);
    }

    End shutdown() {
      return new End(namespace, address, port, incoming, size, false, open);
    }

    End closed() {
      return new End(namespace, address, port, TreePVector.empty(), 0, false, false);
    }
  }

  public End end(boolean clientSide) {
    return clientSide ? client : server;
  }

  Connection with(boolean clientSide, End end) {
    return clientSide ? new Connection(id, end, server) : new Connection(id, client, end);
  }
}
