package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apiserver.LongRunning.Exec;
import dev.drydock.cluster.cri.CriException;
import dev.drydock.cluster.cri.OutputStreamName;
import dev.drydock.cluster.embedded.Streams.Waiter;
import dev.drydock.cluster.loop.ClusterState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// exec and attach over WebSocket: each message is one byte of channel number and data. Models
/// apimachinery/pkg/util/remotecommand, versions 4 and 5.
final class ExecSocket implements SocketSession {
  private static final Logger LOG = LoggerFactory.getLogger(ExecSocket.class);

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;
  private static final int RESIZE = 4;
  private static final int CLOSE = 255;

  private final EmbeddedCluster cluster;
  private final Exec exec;

  ExecSocket(EmbeddedCluster cluster, Exec exec) {
    this.cluster = cluster;
    this.exec = exec;
  }

  @Override
  public List<String> protocols() {
    return List.of("v5.channel.k8s.io", "v4.channel.k8s.io");
  }

  @Override
  public Session.Listener endpoint(String protocol) {
    return new Endpoint(cluster, exec);
  }

  /// One connection. Public because Jetty calls it by reflection.
  public static final class Endpoint implements Session.Listener.AutoDemanding {
    private final EmbeddedCluster cluster;
    private final Exec exec;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable String session;
    private volatile boolean closed;

    private Endpoint(EmbeddedCluster cluster, Exec exec) {
      this.cluster = cluster;
      this.exec = exec;
    }

    @Override
    public void onWebSocketOpen(Session socket) {
      Thread.ofVirtual().name("exec").start(() -> run(socket));
    }

    private void run(Session socket) {
      try {
        Object opened = cluster.loop().<Object>submit(this::open).join();
        if (opened instanceof CriException e) {
          send(socket, STATUS, JsonWriter.bytes(failure(String.valueOf(e.getMessage()))));
        } else {
          String id = (String) opened;
          session = id;
          started.countDown();
          pump(socket, id);
        }
      } catch (RuntimeException e) {
        LOG.debug("an exec ended early", e);
      } finally {
        started.countDown();
        socket.close(1000, "", Callback.NOOP);
      }
    }

    private Object open(dev.drydock.cluster.loop.Step step) {
      try {
        return exec.command().isEmpty()
            ? step.runtime().attach(exec.containerId(), exec.stdin())
            : step.runtime().exec(exec.containerId(), exec.command(), exec.tty(), exec.stdin());
      } catch (CriException e) {
        return e;
      }
    }

    private record Output(byte[] stdout, byte[] stderr, OptionalInt exitCode) {}

    private void pump(Session socket, String id) {
      Waiter waiter = new Waiter(cluster, 0);
      boolean more = true;
      while (more && !closed) {
        ClusterState state = waiter.state();
        Output output =
            cluster
                .loop()
                .submit(
                    step ->
                        new Output(
                            step.runtime().read(id, OutputStreamName.STDOUT),
                            step.runtime().read(id, OutputStreamName.STDERR),
                            step.runtime().exitCode(id)))
                .join();
        // What went wrong comes first: kubectl cp ends as soon as it has the whole archive.
        send(socket, STDERR, output.stderr());
        send(socket, STDOUT, output.stdout());
        boolean idle = output.stdout().length == 0 && output.stderr().length == 0;
        if (idle && output.exitCode().isPresent()) {
          send(socket, STATUS, JsonWriter.bytes(result(output.exitCode().getAsInt())));
          more = false;
        } else if (idle) {
          more = waiter.await(state);
        }
      }
      cluster
          .loop()
          .submit(
              step -> {
                step.runtime().closeSession(id);
                return null;
              });
    }

    private static void send(Session socket, int channel, byte[] data) {
      if (data.length == 0) {
        return;
      }
      ByteBuffer message = ByteBuffer.allocate(data.length + 1);
      message.put((byte) channel).put(data).flip();
      Callback.Completable sent = new Callback.Completable();
      socket.sendBinary(message, sent);
      sent.join();
    }

    private static JsonObject result(int exitCode) {
      if (exitCode == 0) {
        return JsonObject.of("metadata", JsonObject.EMPTY, "status", Json.of("Success"));
      }
      JsonObject cause =
          JsonObject.builder()
              .put("reason", "ExitCode")
              .put("message", Integer.toString(exitCode))
              .build();
      return JsonObject.builder()
          .put("metadata", JsonObject.EMPTY)
          .put("status", "Failure")
          .put(
              "message",
              "command terminated with non-zero exit code: error executing command, exit code "
                  + exitCode)
          .put("reason", "NonZeroExitCode")
          .put("details", JsonObject.of("causes", JsonArray.of(cause)))
          .build();
    }

    private static JsonObject failure(String message) {
      return JsonObject.builder()
          .put("metadata", JsonObject.EMPTY)
          .put("status", "Failure")
          .put(
              "message",
              "Internal error occurred: error executing command in container: " + message)
          .put("reason", "InternalError")
          .put(
              "details",
              JsonObject.of("causes", JsonArray.of(JsonObject.of("message", Json.of(message)))))
          .put("code", 500)
          .build();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      byte[] data = new byte[payload.remaining()];
      payload.get(data);
      callback.succeed();
      try {
        if (data.length > 0 && started.await(10, TimeUnit.SECONDS)) {
          receive(Byte.toUnsignedInt(data[0]), java.util.Arrays.copyOfRange(data, 1, data.length));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void receive(int channel, byte[] data) {
      String id = session;
      if (id == null) {
        return;
      }
      switch (channel) {
        case STDIN -> input(step -> step.runtime().writeStdin(id, data));
        case RESIZE -> resize(id, data);
        case CLOSE -> {
          if (data.length > 0 && data[0] == STDIN) {
            input(step -> step.runtime().closeStdin(id));
          }
        }
        default -> LOG.debug("unknown channel {}", channel);
      }
    }

    private void input(java.util.function.Consumer<dev.drydock.cluster.loop.Step> input) {
      cluster
          .loop()
          .submit(
              step -> {
                input.accept(step);
                return null;
              });
    }

    private void resize(String id, byte[] data) {
      try {
        if (JsonParser.parse(data) instanceof JsonObject size) {
          int rows = (int) size.integer(24, "Height");
          int columns = (int) size.integer(80, "Width");
          input(step -> step.runtime().resize(id, rows, columns));
        }
      } catch (JsonSyntaxException e) {
        LOG.debug("an unreadable terminal size", e);
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
      cluster.loop().poke();
      callback.succeed();
    }
  }
}
