package dev.drydock.server.kubectl;

import java.nio.file.Path;

/// The user's cache folder for Drydock, as the XDG base directory specification places it.
public final class UserCache {
  private UserCache() {}

  public static Path folder() {
    return folder(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home", "."));
  }

  static Path folder(@org.jspecify.annotations.Nullable String xdgCacheHome, String home) {
    boolean given = xdgCacheHome != null && Path.of(xdgCacheHome).isAbsolute();
    return (given ? Path.of(xdgCacheHome) : Path.of(home, ".cache")).resolve("drydock");
  }
}
