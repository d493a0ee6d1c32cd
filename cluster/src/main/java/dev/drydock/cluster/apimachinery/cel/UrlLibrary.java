package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.STRINGS;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.URL;

import dev.cel.common.types.MapType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Kubernetes' URL functions: absolute URIs and absolute paths. Models apiserver
/// `pkg/cel/library/urls.go`.
final class UrlLibrary {
  private UrlLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .function("isURL", "is_url_string", BOOL, a -> isUrl((String) a[0]), STRING)
        .function("url", "string_to_url", URL, a -> parse((String) a[0]), STRING)
        .member("getScheme", "url_get_scheme", STRING, a -> orEmpty(uri(a).getScheme()), URL)
        .member("getHost", "url_get_host", STRING, a -> orEmpty(uri(a).getRawAuthority()), URL)
        .member("getHostname", "url_get_hostname", STRING, a -> hostname(uri(a)), URL)
        .member("getPort", "url_get_port", STRING, a -> port(uri(a)), URL)
        .member(
            "getEscapedPath",
            "url_get_escaped_path",
            STRING,
            a -> orEmpty(uri(a).getRawPath()),
            URL)
        .member(
            "getQuery", "url_get_query", MapType.create(STRING, STRINGS), a -> query(uri(a)), URL);
  }

  private static URI uri(Object[] arguments) {
    return (URI) arguments[0];
  }

  private static boolean isUrl(String text) {
    try {
      return isAbsolute(new URI(text));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isAbsolute(URI uri) {
    return uri.isAbsolute() || orEmpty(uri.getRawPath()).startsWith("/");
  }

  private static URI parse(String text) {
    try {
      URI uri = new URI(text);
      if (isAbsolute(uri)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("URL parse error: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("URL parse error: invalid URI for request: " + text);
  }

  private static String hostname(URI uri) {
    String host = orEmpty(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String port(URI uri) {
    return uri.getPort() < 0 ? "" : Integer.toString(uri.getPort());
  }

  private static Map<String, List<String>> query(URI uri) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String part : orEmpty(uri.getRawQuery()).split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        query.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
