package dev.drydock.server.http;

import com.google.common.collect.ImmutableSet;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns away what does not come from a page of this server.
///
/// A web page elsewhere can make a browser send requests here, by its own name pointed at this
/// address (DNS rebinding) or across sites. So the Host must be a name that we answer to, and
/// whatever changes something or opens a WebSocket must carry our own Origin, or none, as programs
/// other than browsers do.
final class Guard {
  private static final ImmutableSet<String> LOOPBACK =
      ImmutableSet.of("localhost", "127.0.0.1", "::1");
  private static final ImmutableSet<HandlerType> SAFE =
      ImmutableSet.of(HandlerType.GET, HandlerType.HEAD);

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          // The terminal and the editor write style elements.
          "style-src 'self' 'unsafe-inline'",
          "font-src 'self'",
          "img-src 'self' data:",
          "connect-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'");

  private final String host;
  private final boolean loopback;

  /// @param host that the server was told to listen on
  Guard(String host) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.loopback = isLoopback(host);
  }

  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name)
        || (InetAddresses.isInetAddress(name) && InetAddresses.forString(name).isLoopbackAddress());
  }

  /// @throws Refusal when the request is turned away
  void admit(Context request) {
    String named = request.header("Host");
    if (!ours(named)) {
      throw new Refusal(
          421,
          "This workbook does not answer to the name in the address bar. Use the address it printed.");
    }
    String origin = request.header("Origin");
    boolean foreign = origin != null && !sameOrigin(origin, named);
    boolean changes = !SAFE.contains(request.method()) || isUpgrade(request);
    boolean across = "cross-site".equals(request.header("Sec-Fetch-Site"));
    boolean followsLink = "navigate".equals(request.header("Sec-Fetch-Mode"));
    if ((foreign && changes) || (across && (changes || !followsLink))) {
      throw new Refusal(403, "This request came from another web site, and was refused.");
    }
  }

  void protect(Context response) {
    response
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
  }

  private static boolean isUpgrade(Context request) {
    return "websocket".equalsIgnoreCase(request.header("Upgrade"));
  }

  /// Beyond loopback any address will do, because nobody can rebind an address; a name must be the
  /// one we were given.
  private boolean ours(@Nullable String header) {
    if (header == null) {
      return false;
    }
    try {
      String name = HostAndPort.fromString(header).getHost().toLowerCase(Locale.ROOT);
      return isLoopback(name)
          || name.equals(host)
          || (!loopback && InetAddresses.isInetAddress(name));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean sameOrigin(String origin, @Nullable String named) {
    try {
      return URI.create(origin).getAuthority() instanceof String authority
          && authority.equalsIgnoreCase(named);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
