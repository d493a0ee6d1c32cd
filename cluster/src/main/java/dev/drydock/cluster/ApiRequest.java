package dev.drydock.cluster;

import com.google.common.collect.ImmutableMap;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// One request to the Kubernetes API, as it would stand on the wire.
///
/// @param method `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
/// @param target path and query, still percent-encoded: `/api/v1/pods?labelSelector=a%3Db`
/// @param headers by lower-case name
public record ApiRequest(
    String method, String target, ImmutableMap<String, String> headers, byte[] body) {
  public static final String JSON = "application/json";
  public static final String MERGE_PATCH = "application/merge-patch+json";
  public static final String STRATEGIC_MERGE_PATCH = "application/strategic-merge-patch+json";
  public static final String JSON_PATCH = "application/json-patch+json";
  public static final String APPLY_PATCH = "application/apply-patch+yaml";

  private static final byte[] NOTHING = {};

  public static ApiRequest get(String target) {
    return new ApiRequest("GET", target, ImmutableMap.of(), NOTHING);
  }

  public static ApiRequest delete(String target) {
    return new ApiRequest("DELETE", target, ImmutableMap.of(), NOTHING);
  }

  public static ApiRequest of(String method, String target, String contentType, byte[] body) {
    return new ApiRequest(method, target, ImmutableMap.of("content-type", contentType), body);
  }

  public static ApiRequest of(String method, String target, String contentType, String body) {
    return of(method, target, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  public ApiRequest withHeader(String name, String value) {
    Map<String, String> changed = new java.util.LinkedHashMap<>(headers);
    changed.put(name.toLowerCase(Locale.ROOT), value);
    return new ApiRequest(method, target, ImmutableMap.copyOf(changed), body);
  }

  /// The value of a header, or the empty string.
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /// The decoded path without the query.
  public String path() {
    return URI.create(target).getPath();
  }
}
