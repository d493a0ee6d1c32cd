package dev.drydock.server.kubectl;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// The kubectl that the workbook uses. The terminal takes the one on the PATH when its version
/// fits; whatever compares text takes the pinned one, which is fetched once into the user's cache.
public final class Kubectl {
  /// The version that texts are compared with.
  public static final String VERSION = "v1.35.2";

  private Kubectl() {}

  /// A kubectl on this machine.
  ///
  /// @param version as `kubectl version --client` says it, such as `v1.35.2`
  public record Found(Path path, String version, Origin origin) {}

  /// Where a kubectl came from.
  public enum Origin {
    PATH,
    CACHE,
    FETCHED
  }

  /// For the terminal: the one on the PATH if it is 1.35 or 1.36, else the pinned one.
  ///
  /// @param progress hears a line now and then while the program is fetched
  public static Found locate(Consumer<String> progress) throws KubectlException {
    Optional<Found> onPath = onPath().filter(found -> fits(found.version()));
    return onPath.isPresent() ? onPath.get() : pinned(progress);
  }

  /// For the terminal, without progress.
  public static Found locate() throws KubectlException {
    return locate(_ -> {});
  }

  /// Exactly {@link #VERSION}.
  public static Found pinned(Consumer<String> progress) throws KubectlException {
    PinnedKubectl pinned = PinnedKubectl.inCache(UserCache.folder());
    if (pinned.isPresent()) {
      return new Found(pinned.path(), VERSION, Origin.CACHE);
    }
    pinned.fetch(progress);
    return new Found(pinned.path(), VERSION, Origin.FETCHED);
  }

  /// The pinned one if it has been fetched already.
  public static Optional<Found> cached() {
    PinnedKubectl pinned = PinnedKubectl.inCache(UserCache.folder());
    return pinned.isPresent()
        ? Optional.of(new Found(pinned.path(), VERSION, Origin.CACHE))
        : Optional.empty();
  }

  /// The first kubectl on the PATH, whatever its version.
  public static Optional<Found> onPath() {
    return Programs.find("kubectl")
        .flatMap(
            path -> ClientVersion.of(path).map(version -> new Found(path, version, Origin.PATH)));
  }

  static boolean fits(String version) {
    return version.matches("v1\\.(35|36)\\.\\d+.*");
  }
}
