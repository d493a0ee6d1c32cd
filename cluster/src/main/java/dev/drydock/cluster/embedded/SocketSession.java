package dev.drydock.cluster.embedded;

import java.util.List;
import org.eclipse.jetty.websocket.api.Session;

/// An answer that becomes a WebSocket.
interface SocketSession {

  /// The subprotocols it speaks, the preferred one first.
  List<String> protocols();

  Session.Listener endpoint(String protocol);
}
