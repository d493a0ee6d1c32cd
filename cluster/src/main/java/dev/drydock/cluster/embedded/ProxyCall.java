package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apiserver.LongRunning.Proxy;
import dev.drydock.cluster.cri.NetworkService.Connect;
import dev.drydock.cluster.cri.NetworkService.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One HTTP request into the cluster's network, as the API server's proxy sends it, and the whole
/// answer.
final class ProxyCall {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final EmbeddedCluster cluster;

  ProxyCall(EmbeddedCluster cluster) {
    this.cluster = cluster;
  }

  ApiResponse call(Proxy proxy, String method, byte[] body) {
    Connect connect =
        cluster
            .loop()
            .submit(
                step -> {
                  Connect made = step.runtime().network().connect(null, proxy.host(), proxy.port());
                  if (made.outcome() == Outcome.CONNECTED) {
                    step.runtime().network().send(made.id(), request(proxy, method, body));
                  }
                  return made;
                })
            .join();
    if (connect.outcome() != Outcome.CONNECTED) {
      return unavailable(
          "error trying to reach service: dial tcp %s:%d: connect: connection refused"
              .formatted(proxy.host(), proxy.port()));
    }
    return answer(connect.id());
  }

  private static byte[] request(Proxy proxy, String method, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head =
        "%s %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\nAccept: */*\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, proxy.path(), proxy.host(), proxy.port(), body.length);
    request.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private ApiResponse answer(long connection) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean ended =
        cluster.runUntil(
            _ -> {
              received.writeBytes(receive(connection));
              return HttpAnswer.isComplete(received.toByteArray()) || isAtEnd(connection);
            },
            LIMIT);
    cluster
        .loop()
        .submit(
            step -> {
              step.runtime().network().close(connection);
              return null;
            })
        .join();
    return ended
        ? HttpAnswer.parse(received.toByteArray())
        : unavailable("error trying to reach service: timeout awaiting response headers");
  }

  private byte[] receive(long connection) {
    return cluster.loop().submit(step -> step.runtime().network().receive(connection)).join();
  }

  private boolean isAtEnd(long connection) {
    return cluster.loop().read(step -> step.runtime().network().isAtEnd(connection));
  }

  private static ApiResponse unavailable(String message) {
    return new ApiResponse(
        503,
        "text/plain; charset=utf-8",
        message.getBytes(StandardCharsets.UTF_8),
        ImmutableList.of());
  }
}
