package dev.drydock.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.server.cluster.LearnerClusters;
import dev.drydock.server.cluster.LearnerClusters.UnavailableException;
import dev.drydock.server.kubectl.KubectlException;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.LearnerFiles;
import dev.drydock.server.learner.LearnerHomes;
import dev.drydock.server.terminal.Terminals;
import dev.drydock.server.terminal.Viewer;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The terminal's WebSocket. Binary messages are what the shell prints. Text messages are JSON:
/// from the page `input`, `resize: [columns, rows]` and `drawn: bytes`; to the page a `type` of
/// `waiting`, `replay` (so many of the next bytes were printed before), `refused` or `ended`.
final class TerminalSocket {
  private static final Logger log = LoggerFactory.getLogger(TerminalSocket.class);
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  private final Sessions sessions;
  private final LearnerHomes homes;
  private final LearnerClusters clusters;
  private final Terminals terminals;
  private final Workspaces workspaces;
  private final Map<Session, Terminals.Attachment> attached = new ConcurrentHashMap<>();

  TerminalSocket(
      Sessions sessions,
      LearnerHomes homes,
      LearnerClusters clusters,
      Terminals terminals,
      Workspaces workspaces) {
    this.sessions = sessions;
    this.homes = homes;
    this.clusters = clusters;
    this.terminals = terminals;
    this.workspaces = workspaces;
  }

  static final String LEARNER = "learner";

  void configure(WsConfig socket) {
    socket.onConnect(
        context -> {
          Learner learner = context.attribute(LEARNER);
          if (learner != null) {
            context.enableAutomaticPings();
            Thread.startVirtualThread(() -> open(context, learner));
          }
        });
    socket.onMessage(message -> hear(message, message.message()));
    socket.onClose(this::close);
    socket.onError(this::close);
  }

  private void close(WsContext context) {
    Terminals.Attachment attachment = attached.remove(context.session);
    if (attachment != null) {
      attachment.close();
    }
  }

  private void open(WsContext context, Learner learner) {
    try {
      String workspace = Optional.ofNullable(context.queryParam("workspace")).orElse("");
      LearnerFiles files = homes.files(learner);
      workspaces.prepare(files, workspace);
      if (!clusters.of(learner).isDone()) {
        say(context, "waiting", "Starting your cluster…");
      }
      var cluster = clusters.await(learner);
      Terminals.Attachment attachment =
          terminals.open(
              learner,
              files,
              cluster.kubeConfig(),
              workspace,
              size(context, "cols", COLUMNS),
              size(context, "rows", ROWS),
              new Page(context));
      // The page answers as soon as it sees the shell, so the answer must find its way by then.
      attached.put(context.session, attachment);
      attachment.show();
      if (!context.session.isOpen()) {
        close(context);
      }
    } catch (Terminals.RefusedException | UnavailableException | Refusal e) {
      say(context, "refused", String.valueOf(e.getMessage()));
    } catch (KubectlException e) {
      say(context, "refused", e.getMessage() + " " + e.next());
    } catch (IOException | RuntimeException e) {
      if (context.session.isOpen()) {
        log.error("A terminal could not be opened", e);
      }
      say(context, "refused", "The shell could not be started. Reload the page to try again.");
    }
  }

  private void hear(WsContext context, String message) {
    Terminals.Attachment attachment = attached.get(context.session);
    if (attachment == null) {
      return;
    }
    try {
      JsonNode word = JsonText.MAPPER.readTree(message);
      if (word.path("input").isTextual()) {
        attachment.input(word.path("input").asText());
      } else if (word.path("drawn").isIntegralNumber()) {
        attachment.drawn(word.path("drawn").asLong());
      } else if (word.path("resize").isArray()) {
        attachment.resize(word.path("resize").path(0).asInt(), word.path("resize").path(1).asInt());
      }
    } catch (JsonProcessingException e) {
      context.closeSession(1003, "not what this page sends");
    }
  }

  private static int size(WsContext context, String name, int otherwise) {
    String value = Optional.ofNullable(context.queryParam(name)).orElse("");
    return value.matches("\\d{1,4}") ? Integer.parseInt(value) : otherwise;
  }

  private static void say(WsContext context, String type, String message) {
    if (context.session.isOpen()) {
      context.send(JsonText.of(Map.of("type", type, "message", message)));
    }
  }

  /// The page at the other end.
  private record Page(WsContext context) implements Viewer {
    @Override
    public void replay(byte[] earlier) {
      if (context.session.isOpen()) {
        context.send(JsonText.of(Map.of("type", "replay", "bytes", earlier.length)));
        output(earlier);
      }
    }

    @Override
    public void output(byte[] bytes) {
      if (bytes.length > 0 && context.session.isOpen()) {
        context.send(ByteBuffer.wrap(bytes));
      }
    }

    @Override
    public void ended(String message) {
      say(context, "ended", message);
    }
  }
}
