package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An HTTP/1 request.
///
/// @param headers by name in lower case
/// @param length how many bytes of input it took
record HttpRequest(
    String method,
    String path,
    String query,
    String version,
    ImmutableMap<String, String> headers,
    String body,
    int length) {

  private static final int HEAD_MAX = 32 * 1024;
  private static final int BODY_MAX = 1 << 20;

  /// What could be read of a request so far.
  sealed interface Parsed {
    record Complete(HttpRequest request) implements Parsed {}

    record Incomplete() implements Parsed {}

    record Bad(int status) implements Parsed {}
  }

  static Parsed parse(String input) {
    int end = input.indexOf("\r\n\r\n");
    int gap = 4;
    int bare = input.indexOf("\n\n");
    if (bare >= 0 && (end < 0 || bare < end)) {
      end = bare;
      gap = 2;
    }
    if (end < 0) {
      return input.length() > HEAD_MAX ? new Parsed.Bad(431) : new Parsed.Incomplete();
    }
    String[] lines = input.substring(0, end).split("\r?\n");
    String[] first = lines[0].split(" ");
    if (first.length < 2 || first.length > 3 || !first[0].matches("[A-Z]{1,16}")) {
      return new Parsed.Bad(400);
    }
    var headers = ImmutableMap.<String, String>builder();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    ImmutableMap<String, String> all = headers.buildKeepingLast();
    String size = all.getOrDefault("content-length", "0");
    if (!size.matches("[0-9]{1,9}")) {
      return new Parsed.Bad(400);
    }
    int body = Integer.parseInt(size);
    if (body > BODY_MAX) {
      return new Parsed.Bad(413);
    }
    int length = end + gap + body;
    if (input.length() < length) {
      return new Parsed.Incomplete();
    }
    int question = first[1].indexOf('?');
    return new Parsed.Complete(
        new HttpRequest(
            first[0],
            question < 0 ? first[1] : first[1].substring(0, question),
            question < 0 ? "" : first[1].substring(question + 1),
            first.length > 2 ? first[2] : "HTTP/1.0",
            all,
            input.substring(end + gap, length),
            length));
  }

  boolean keepsAlive() {
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    return version.equals("HTTP/1.1")
        ? !connection.contains("close")
        : connection.contains("keep-alive");
  }

  /// The value of a query parameter; null if there is none.
  @Nullable String parameter(String name) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return null;
  }
}
