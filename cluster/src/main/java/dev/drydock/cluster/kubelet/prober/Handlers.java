package dev.drydock.cluster.kubelet.prober;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.cri.CriException;
import dev.drydock.cluster.cri.NetworkService.Connect;
import dev.drydock.cluster.cri.OutputStreamName;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// How a probe asks: over HTTP, by connecting, by a command. Models pkg/probe and prober.runProbe,
/// with its messages.
final class Handlers {
  private static final int OUTPUT_BYTES_MAX = 10 * 1024;

  private final ContainerRuntime runtime;
  private final String node;

  Handlers(ContainerRuntime runtime, String node) {
    this.runtime = runtime;
    this.node = node;
  }

  /// The kubelet asks from its node, so a loopback address is the node's.
  private Connect connect(String host, int port) {
    return host.startsWith("127.") || host.equals("localhost")
        ? runtime.network().connectOnNode(node, port)
        : runtime.network().connect(null, host, port);
  }

  /// Whom a probe asks.
  record Target(String podIp, String containerId, JsonObject container) {}

  /// What came of a probe.
  sealed interface Outcome {
    record Success() implements Outcome {}

    record Failure(String output) implements Outcome {}

    /// Under way; see {@link ProbeRecord#channel}.
    record Pending(String channel) implements Outcome {}
  }

  record Heard(ProbeRecord probe, Outcome outcome) {}

  Outcome begin(JsonObject probe, Target target) {
    if (probe.has("httpGet")) {
      return http(probe.object("httpGet"), target);
    }
    if (probe.has("tcpSocket")) {
      return tcp(probe.object("tcpSocket"), target);
    }
    if (probe.has("grpc")) {
      return grpc(probe, target);
    }
    return exec(ImmutableList.copyOf(probe.array("exec", "command").strings().toList()), target);
  }

  private static int port(JsonObject handler, JsonObject container) {
    if (handler.get("port") instanceof JsonNumber number) {
      return (int) number.longValue();
    }
    String name = handler.string("port");
    return container
        .array("ports")
        .objects()
        .filter(port -> port.string("name").equals(name))
        .map(port -> (int) port.integer(0, "containerPort"))
        .findFirst()
        .orElse(0);
  }

  private static String host(JsonObject handler, Target target) {
    return handler.string("host").isEmpty() ? target.podIp() : handler.string("host");
  }

  private static String url(JsonObject handler, Target target) {
    String scheme = handler.string("scheme").equals("HTTPS") ? "https" : "http";
    String path = handler.string("path");
    return scheme
        + "://"
        + host(handler, target)
        + ":"
        + port(handler, target.container())
        + (path.startsWith("/") ? path : "/" + path);
  }

  private Outcome http(JsonObject handler, Target target) {
    String host = host(handler, target);
    int port = port(handler, target.container());
    Connect connect = connect(host, port);
    return switch (connect.outcome()) {
      case CONNECTED -> {
        runtime.network().send(connect.id(), request(handler, host, port));
        yield new Outcome.Pending("c" + connect.id());
      }
      case REFUSED ->
          new Outcome.Failure(
              "Get \"%s\": %s".formatted(url(handler, target), refused(host, port)));
      case TIMEOUT ->
          new Outcome.Failure(
              "Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                  .formatted(url(handler, target)));
    };
  }

  private static String refused(String host, int port) {
    return "dial tcp %s:%d: connect: connection refused".formatted(host, port);
  }

  private static byte[] request(JsonObject handler, String host, int port) {
    String path = handler.string("path");
    StringBuilder request =
        new StringBuilder("GET ")
            .append(path.startsWith("/") ? path : "/" + path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(host)
            .append(':')
            .append(port)
            .append("\r\nUser-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n");
    handler
        .array("httpHeaders")
        .objects()
        .forEach(
            header ->
                request
                    .append(header.string("name"))
                    .append(": ")
                    .append(header.string("value"))
                    .append("\r\n"));
    return request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private Outcome tcp(JsonObject handler, Target target) {
    String host = host(handler, target);
    int port = port(handler, target.container());
    Connect connect = connect(host, port);
    return switch (connect.outcome()) {
      case CONNECTED -> {
        runtime.network().close(connect.id());
        yield new Outcome.Success();
      }
      case REFUSED -> new Outcome.Failure(refused(host, port));
      case TIMEOUT -> new Outcome.Failure("dial tcp %s:%d: i/o timeout".formatted(host, port));
    };
  }

  /// Connecting stands for the health service, which no simulated program offers.
  private Outcome grpc(JsonObject probe, Target target) {
    Outcome outcome = tcp(probe.object("grpc"), target);
    return outcome instanceof Outcome.Failure
        ? new Outcome.Failure(
            "timeout: failed to connect service \"%s:%d\" within %ds: context deadline exceeded"
                .formatted(
                    target.podIp(),
                    port(probe.object("grpc"), target.container()),
                    probe.integer(1, "timeoutSeconds")))
        : outcome;
  }

  private Outcome exec(ImmutableList<String> command, Target target) {
    try {
      return new Outcome.Pending("s" + runtime.exec(target.containerId(), command, false, false));
    } catch (CriException e) {
      return new Outcome.Failure(String.valueOf(e.getMessage()));
    }
  }

  /// What has come from the connection or session of a probe under way.
  Heard hear(JsonObject spec, ProbeRecord probe) {
    String id = probe.channel().substring(1);
    return probe.channel().startsWith("c")
        ? hearHttp(probe, Long.parseLong(id))
        : hearExec(probe, id);
  }

  private Heard hearHttp(ProbeRecord probe, long connection) {
    String more = new String(runtime.network().receive(connection), StandardCharsets.ISO_8859_1);
    ProbeRecord heard = probe.withReceived(more);
    boolean complete = heard.received().contains("\r\n\r\n");
    if (!complete && !runtime.network().isAtEnd(connection)) {
      return new Heard(heard, new Outcome.Pending(probe.channel()));
    }
    runtime.network().close(connection);
    return new Heard(heard, judge(heard.received()));
  }

  private static Outcome judge(String response) {
    String[] words = response.split("[ \r\n]", 3);
    if (words.length < 2 || !words[1].matches("\\d{3}")) {
      return new Outcome.Failure("EOF");
    }
    int code = Integer.parseInt(words[1]);
    return code >= 200 && code < 400
        ? new Outcome.Success()
        : new Outcome.Failure("HTTP probe failed with statuscode: " + code);
  }

  private Heard hearExec(ProbeRecord probe, String session) {
    OptionalInt exit = runtime.exitCode(session);
    if (exit.isEmpty()) {
      return new Heard(probe, new Outcome.Pending(probe.channel()));
    }
    String output = text(session, OutputStreamName.STDOUT) + text(session, OutputStreamName.STDERR);
    runtime.closeSession(session);
    return new Heard(
        probe, exit.getAsInt() == 0 ? new Outcome.Success() : new Outcome.Failure(output));
  }

  private String text(String session, OutputStreamName stream) {
    byte[] bytes = runtime.read(session, stream);
    return new String(bytes, 0, Math.min(bytes.length, OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
  }

  /// Gives up on a probe under way.
  Outcome timedOut(JsonObject spec, ProbeRecord probe, Target target) {
    String id = probe.channel().substring(1);
    long seconds = spec.integer(1, "timeoutSeconds");
    if (probe.channel().startsWith("c")) {
      runtime.network().close(Long.parseLong(id));
      return new Outcome.Failure(
          "Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
              .formatted(url(spec.object("httpGet"), target)));
    }
    runtime.closeSession(id);
    return new Outcome.Failure(
        "command timed out: \"%s\" timed out after %ds"
            .formatted(
                String.join(" ", spec.array("exec", "command").strings().toList()), seconds));
  }
}
