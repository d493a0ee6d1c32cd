package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apiserver.ApiServer.Answer;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.handlers.Encoding;
import dev.drydock.cluster.apiserver.handlers.PrettyPrint;
import dev.drydock.cluster.apiserver.handlers.RequestBodies;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.embedded.ClusterEndpoint.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// HTTP around the API server: reads a request, finds its cluster and user, writes the answer. Runs
/// on virtual threads and may block.
final class ApiHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

  private final ClusterEndpoint endpoint;
  private final ServerWebSocketContainer webSockets;

  ApiHandler(ClusterEndpoint endpoint, ServerWebSocketContainer webSockets) {
    this.endpoint = endpoint;
    this.webSockets = webSockets;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      handleBlocking(request, response, callback);
    } catch (StatusException e) {
      write(response, callback, e);
    } catch (IOException e) {
      callback.failed(e);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPathQuery(), e);
      write(
          response,
          callback,
          StatusException.of(
              StatusReason.INTERNAL_ERROR,
              "an error on the server prevented the request from succeeding"));
    }
    return true;
  }

  private void handleBlocking(Request request, Response response, Callback callback)
      throws IOException {
    Route route =
        endpoint
            .route(request.getHttpURI().getPathQuery())
            .orElseThrow(StatusException::unknownPath);
    ApiRequest apiRequest = read(request, route.target());
    RequestInfo info = RequestInfo.parse(apiRequest.method(), apiRequest.target());
    UserInfo user;
    try {
      user = authenticate(route, apiRequest, request);
    } catch (StatusException e) {
      route.served().cluster().record(apiRequest, info, UserInfo.ANONYMOUS, e.code());
      throw e;
    }
    Call call = new Call(route.served().cluster(), info, apiRequest, user);
    InFlight inFlight = route.served().inFlight();
    Semaphore requests = inFlight.requests(info.mutating());
    if (!requests.tryAcquire()) {
      call.cluster().record(apiRequest, info, user, StatusReason.TOO_MANY_REQUESTS.code());
      refuseForNow(response, callback);
      return;
    }
    Answer answer;
    try {
      answer = call.cluster().answer(info, apiRequest, user);
      call.cluster().record(apiRequest, info, user, answer.reply().status());
    } finally {
      requests.release();
    }
    if (!(answer.reply() instanceof Reply.Stream(LongRunning running))) {
      write(apiRequest, info, response, callback, answer);
    } else if (inFlight.streams().tryAcquire()) {
      try {
        stream(call, running, answer, request, response, callback);
      } finally {
        inFlight.streams().release();
      }
    } else {
      refuseForNow(response, callback);
    }
  }

  /// As upstream refuses what is too much: in plain text, with the time to wait.
  private static void refuseForNow(Response response, Callback callback) {
    response.setStatus(StatusReason.TOO_MANY_REQUESTS.code());
    response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.write(
        true,
        ByteBuffer.wrap(
            "Too many requests, please try again later.\n".getBytes(StandardCharsets.UTF_8)),
        callback);
  }

  /// A request that is being answered.
  record Call(EmbeddedCluster cluster, RequestInfo info, ApiRequest request, UserInfo user) {}

  private static ApiRequest read(Request request, String target) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getName().toLowerCase(Locale.ROOT),
          field.getValue() == null ? "" : field.getValue(),
          (a, b) -> a + ", " + b);
    }
    byte[] body;
    try (InputStream in = Content.Source.asInputStream(request)) {
      body = in.readNBytes(RequestBodies.BYTES_MAX + 1);
    }
    return new ApiRequest(request.getMethod(), target, ImmutableMap.copyOf(headers), body);
  }

  private static UserInfo authenticate(Route route, ApiRequest apiRequest, Request request) {
    UserInfo user =
        Authentication.user(route.served(), request, apiRequest.header("authorization"));
    return Impersonation.apply(user, apiRequest, route.served().cluster());
  }

  private static void write(Response response, Callback callback, StatusException e) {
    response.setStatus(e.code());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(JsonWriter.bytes(e.status())), callback);
  }

  private static void write(
      ApiRequest request, RequestInfo info, Response response, Callback callback, Answer answer) {
    Reply reply = answer.reply();
    String contentType = Encoding.contentType(reply);
    head(response, reply.status(), contentType, answer);
    byte[] body =
        PrettyPrint.body(
            Encoding.body(reply),
            contentType,
            request.header("user-agent"),
            info.path(),
            info.query().get("pretty"));
    if (reply instanceof Reply.Document(_, _, _, String etag)) {
      response.getHeaders().put("Vary", "Accept");
      if (!etag.isEmpty()) {
        Caching.mark(response, etag, info);
        if (request.header("if-none-match").contains(etag)) {
          response.setStatus(304);
          body = new byte[0];
        }
      }
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static void head(Response response, int status, String contentType, Answer answer) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, private");
    for (String warning : answer.warnings()) {
      String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      response.getHeaders().add("Warning", "299 - \"" + quoted + "\"");
    }
  }

  private void stream(
      Call call,
      LongRunning running,
      Answer answer,
      Request request,
      Response response,
      Callback callback)
      throws IOException {
    switch (running) {
      case LongRunning.Watch watch -> {
        head(response, 200, "application/json", answer);
        Streams.watch(call, watch, Content.Sink.asOutputStream(response));
        callback.succeeded();
      }
      case LongRunning.Logs logs -> {
        head(response, 200, "text/plain", answer);
        Streams.logs(call, logs, Content.Sink.asOutputStream(response));
        callback.succeeded();
      }
      case LongRunning.Proxy proxy -> {
        ApiResponse proxied =
            new ProxyCall(call.cluster())
                .call(proxy, call.request().method(), call.request().body());
        head(response, proxied.status(), proxied.contentType(), answer);
        response.write(true, ByteBuffer.wrap(proxied.body()), callback);
      }
      case LongRunning.Exec exec ->
          upgrade(new ExecSocket(call.cluster(), exec), request, response, callback);
      case LongRunning.PortForward forward ->
          upgrade(new PortForwardSocket(call.cluster(), forward), request, response, callback);
    }
  }

  /// Switches to WebSocket, with the first of our protocols that the client offers.
  private void upgrade(
      SocketSession session, Request request, Response response, Callback callback) {
    Optional<String> protocol =
        session.protocols().stream().filter(ours -> offers(request, ours)).findFirst();
    if (protocol.isEmpty()) {
      throw StatusException.of(StatusReason.BAD_REQUEST, "Upgrade request required");
    }
    boolean upgraded =
        webSockets.upgrade(
            (_, upgradeResponse, _) -> {
              upgradeResponse.setAcceptedSubProtocol(protocol.get());
              return session.endpoint(protocol.get());
            },
            request,
            response,
            callback);
    if (!upgraded) {
      throw StatusException.badRequest("Upgrade request required");
    }
  }

  private static boolean offers(Request request, String protocol) {
    return request.getHeaders().getValuesList("Sec-WebSocket-Protocol").stream()
        .flatMap(value -> java.util.Arrays.stream(value.split(",")))
        .anyMatch(offered -> offered.strip().equals(protocol));
  }
}
