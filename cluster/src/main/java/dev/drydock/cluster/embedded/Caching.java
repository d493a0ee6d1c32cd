package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.time.RealTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/// How long clients may keep a document: one that was asked for by its hash never changes. Models
/// kube-openapi/pkg/handler3.
final class Caching {
  private static final Duration YEAR = Duration.ofDays(365);

  private Caching() {}

  static void mark(Response response, String etag, RequestInfo info) {
    response.getHeaders().put(HttpHeader.ETAG, etag);
    if (etag.equals('"' + info.query().get("hash") + '"')) {
      String end =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              RealTime.wallClock().plus(YEAR).atOffset(ZoneOffset.UTC));
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "public, immutable");
      response.getHeaders().put(HttpHeader.EXPIRES, end);
    }
  }
}
