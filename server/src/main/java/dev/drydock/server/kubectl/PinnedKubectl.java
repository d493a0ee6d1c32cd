package dev.drydock.server.kubectl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The pinned kubectl in the user's cache. Several processes may fetch it at once: one does, the
/// others wait for it.
final class PinnedKubectl {
  private final Path folder;
  private final List<KubectlSource> sources;

  PinnedKubectl(Path folder, List<KubectlSource> sources) {
    this.folder = folder;
    this.sources = sources;
  }

  static PinnedKubectl inCache(Path cache) {
    return new PinnedKubectl(
        cache.resolve("kubectl").resolve(Kubectl.VERSION), KubectlSource.forThisMachine());
  }

  Path path() {
    return folder.resolve("kubectl");
  }

  boolean isPresent() {
    return Files.isExecutable(path());
  }

  void fetch(Consumer<String> progress) throws KubectlException {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!isPresent()) {
          fetchFromOneOf(progress);
        }
      }
    } catch (IOException e) {
      throw new KubectlException(
          "The cache folder %s cannot be written (%s).".formatted(folder, e.getMessage()),
          "Set XDG_CACHE_HOME to a folder that can be written.");
    }
  }

  private void fetchFromOneOf(Consumer<String> progress) throws IOException, KubectlException {
    StringBuilder reasons = new StringBuilder();
    for (KubectlSource source : sources) {
      Path scratch = Files.createTempDirectory(folder, "fetch");
      try {
        progress.accept("Fetching kubectl %s from %s".formatted(Kubectl.VERSION, source.words()));
        install(source.fetch(scratch, progress));
        return;
      } catch (IOException e) {
        reasons.append(reasons.isEmpty() ? "" : "; ").append(source.words()).append(": ").append(e);
      } finally {
        delete(scratch);
      }
    }
    throw new KubectlException(
        "kubectl %s could not be fetched (%s)."
            .formatted(Kubectl.VERSION, reasons.isEmpty() ? "none for this platform" : reasons),
        "Go online once, or install kubectl 1.35 or 1.36 on the PATH, or put version %s at %s."
            .formatted(Kubectl.VERSION, path()));
  }

  private void install(Path program) throws IOException {
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(program, path(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
