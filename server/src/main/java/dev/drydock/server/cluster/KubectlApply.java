package dev.drydock.server.cluster;

import dev.drydock.server.kubectl.KubectlException;
import dev.drydock.server.kubectl.KubectlProgram;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.LearnerHomes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The editor's Apply: the real `kubectl apply -f FILE`, so that it does and says what the terminal
/// would. It runs on a copy of the file in a folder of the server's own, with the server's own
/// kubeconfig: nothing that the learner's shell can change decides what it reads or where it
/// connects.
public final class KubectlApply {
  private static final int OUTPUT_BYTES_MAX = 64 << 10;
  private static final int SECONDS_MAX = 30;

  private final KubectlProgram kubectl;
  private final LearnerHomes homes;

  public KubectlApply(KubectlProgram kubectl, LearnerHomes homes) {
    this.kubectl = kubectl;
    this.homes = homes;
  }

  /// @param command as a learner would type it
  public record Applied(String command, String output, int exitCode) {}

  public Applied apply(Learner learner, String name, byte[] content)
      throws IOException, InterruptedException, KubectlException {
    Path folder = homes.scratch(learner);
    try {
      Files.write(folder.resolve(name), content);
      return run(learner, folder, name);
    } finally {
      delete(folder);
    }
  }

  private Applied run(Learner learner, Path folder, String name)
      throws IOException, InterruptedException, KubectlException {
    ProcessBuilder builder =
        new ProcessBuilder(
            kubectl.path().toString(),
            "--kubeconfig=" + homes.kubeConfig(learner).toAbsolutePath(),
            "--cache-dir=" + homes.kubectlCache(learner).toAbsolutePath(),
            "apply",
            "-f",
            name);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HOME", folder.toAbsolutePath().toString());
    environment.put("PATH", "");
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Thread watchdog = Thread.startVirtualThread(() -> endAfterLimit(process));
    String output = output(process.getInputStream());
    int exitCode = process.waitFor();
    watchdog.interrupt();
    return new Applied("kubectl apply -f " + name, output, exitCode);
  }

  private static void endAfterLimit(Process process) {
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      // It ended in time.
    }
  }

  private static String output(InputStream stream) throws IOException {
    String text = new String(stream.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
    stream.transferTo(java.io.OutputStream.nullOutputStream());
    return text.stripTrailing();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
