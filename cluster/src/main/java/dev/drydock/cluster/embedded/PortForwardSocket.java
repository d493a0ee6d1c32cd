package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apiserver.LongRunning.PortForward;
import dev.drydock.cluster.cri.NetworkService.Connect;
import dev.drydock.cluster.cri.NetworkService.Outcome;
import dev.drydock.cluster.embedded.SpdyFrames.Frame;
import dev.drydock.cluster.embedded.Streams.Waiter;
import dev.drydock.cluster.loop.ClusterState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// port-forward as kubectl does it: SPDY inside a WebSocket, and for each forwarded connection a
/// stream for its data and one for an error. Models apimachinery/pkg/util/httpstream/spdy and
/// pkg/kubelet/cri/streaming/portforward.
final class PortForwardSocket implements SocketSession {
  private static final Logger LOG = LoggerFactory.getLogger(PortForwardSocket.class);

  private final EmbeddedCluster cluster;
  private final PortForward forward;

  PortForwardSocket(EmbeddedCluster cluster, PortForward forward) {
    this.cluster = cluster;
    this.forward = forward;
  }

  @Override
  public List<String> protocols() {
    return List.of("SPDY/3.1+portforward.k8s.io");
  }

  @Override
  public Session.Listener endpoint(String protocol) {
    return new Endpoint(cluster, forward);
  }

  /// One connection. Public because Jetty calls it by reflection.
  public static final class Endpoint implements Session.Listener.AutoDemanding {
    private final EmbeddedCluster cluster;
    private final PortForward forward;
    private final SpdyFrames frames = new SpdyFrames();
    private final Map<String, Integer> errorStreams = new ConcurrentHashMap<>();
    private final Map<Integer, Long> connections = new ConcurrentHashMap<>();
    private @Nullable Session socket;
    private volatile boolean closed;

    private Endpoint(EmbeddedCluster cluster, PortForward forward) {
      this.cluster = cluster;
      this.forward = forward;
    }

    @Override
    public void onWebSocketOpen(Session session) {
      socket = session;
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      callback.succeed();
      try {
        frames.receive(bytes, this::handle);
      } catch (DataFormatException e) {
        LOG.debug("not SPDY", e);
        close();
      }
    }

    private void handle(Frame frame) {
      switch (frame) {
        case Frame.Open(int stream, Map<String, String> headers) -> open(stream, headers);
        case Frame.Data(int stream, byte[] bytes, boolean fin) -> data(stream, bytes, fin);
        case Frame.Reset(int stream) -> disconnect(stream);
        case Frame.Ping(byte[] ping) -> send(ping);
        case Frame.GoAway() -> close();
      }
    }

    private void open(int stream, Map<String, String> headers) {
      send(frames.reply(stream));
      String request = headers.getOrDefault("requestid", "");
      if (headers.getOrDefault("streamtype", "").equals("error")) {
        errorStreams.put(request, stream);
        return;
      }
      connect(stream, request, port(headers));
    }

    private static int port(Map<String, String> headers) {
      try {
        return Integer.parseInt(headers.getOrDefault("port", ""));
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    private void connect(int stream, String request, int port) {
      Connect connect =
          cluster
              .loop()
              .submit(step -> step.runtime().network().connect(null, forward.podIp(), port))
              .join();
      int errorStream = errorStreams.getOrDefault(request, 0);
      if (connect.outcome() == Outcome.CONNECTED) {
        connections.put(stream, connect.id());
        Thread.ofVirtual()
            .name("port-forward")
            .start(() -> pump(stream, errorStream, connect.id()));
        return;
      }
      String message =
          "error forwarding port %d to pod: failed to connect to localhost:%d inside namespace: dial tcp4 127.0.0.1:%d: connect: connection refused"
              .formatted(port, port, port);
      send(SpdyFrames.data(errorStream, message.getBytes(StandardCharsets.UTF_8), true));
      send(SpdyFrames.data(stream, new byte[0], true));
    }

    private record Received(byte[] bytes, boolean end) {}

    private void pump(int stream, int errorStream, long connection) {
      Waiter waiter = new Waiter(cluster, 0);
      boolean more = true;
      while (more && !closed && connections.containsKey(stream)) {
        ClusterState state = waiter.state();
        Received received =
            cluster
                .loop()
                .submit(
                    step ->
                        new Received(
                            step.runtime().network().receive(connection),
                            step.runtime().network().isAtEnd(connection)))
                .join();
        if (received.bytes().length > 0) {
          send(SpdyFrames.data(stream, received.bytes(), false));
        } else if (received.end()) {
          more = false;
        } else {
          more = waiter.await(state);
        }
      }
      disconnect(stream);
      send(SpdyFrames.data(stream, new byte[0], true));
      send(SpdyFrames.data(errorStream, new byte[0], true));
    }

    private void data(int stream, byte[] bytes, boolean fin) {
      Long connection = connections.get(stream);
      if (connection == null) {
        return;
      }
      cluster
          .loop()
          .submit(
              step -> {
                if (bytes.length > 0) {
                  step.runtime().network().send(connection, bytes);
                }
                if (fin) {
                  step.runtime().network().shutdownOutput(connection);
                }
                return null;
              })
          .join();
    }

    private void disconnect(int stream) {
      Long connection = connections.remove(stream);
      if (connection != null && !cluster.loop().isClosed()) {
        cluster
            .loop()
            .submit(
                step -> {
                  step.runtime().network().close(connection);
                  return null;
                });
      }
    }

    /// Several pumps send at the same time; a WebSocket takes one message after the other.
    private synchronized void send(byte[] frame) {
      Session session = socket;
      if (closed || session == null || !session.isOpen()) {
        return;
      }
      Callback.Completable sent = new Callback.Completable();
      session.sendBinary(ByteBuffer.wrap(frame), sent);
      sent.join();
    }

    private void close() {
      closed = true;
      connections.keySet().forEach(this::disconnect);
      if (socket != null) {
        socket.close(1000, "", Callback.NOOP);
      }
    }

    /// A client that goes away without a word is no fault; closing follows.
    @Override
    public void onWebSocketError(Throwable cause) {
      LOG.debug("a connection broke", cause);
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
      closed = true;
      connections.keySet().forEach(this::disconnect);
      callback.succeed();
    }
  }
}
