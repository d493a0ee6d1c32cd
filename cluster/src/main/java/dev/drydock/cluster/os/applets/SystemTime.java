package dev.drydock.cluster.os.applets;

import java.time.Instant;

/// Times as programs print them.
public final class SystemTime {
  private SystemTime() {}

  /// As HTTP's Date header has it.
  public static String http(Instant time) {
    return SystemApplets.strftime("%a, %d %b %Y %H:%M:%S GMT", time);
  }

  /// As strftime formats it.
  public static String format(String pattern, Instant time) {
    return SystemApplets.strftime(pattern, time);
  }
}
