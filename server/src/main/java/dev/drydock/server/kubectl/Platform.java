package dev.drydock.server.kubectl;

import java.util.Locale;
import java.util.Optional;

/// An operating system and architecture in the words of Kubernetes' release files.
///
/// @param os `linux` or `darwin`
/// @param arch `amd64` or `arm64`
record Platform(String os, String arch) {
  static final Platform LINUX_AMD64 = new Platform("linux", "amd64");

  /// This machine's, when a kubectl is published for it.
  static Optional<Platform> current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Optional<Platform> of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String os = name.startsWith("mac") ? "darwin" : name.startsWith("linux") ? "linux" : "";
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> "";
        };
    return os.isEmpty() || arch.isEmpty() ? Optional.empty() : Optional.of(new Platform(os, arch));
  }
}
