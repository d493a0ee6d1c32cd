package dev.drydock.server.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Runs a recorded command as it was recorded: with bash, in a folder, with a kubectl on the PATH.
record Bash(Path folder, Path kubectl, Path kubeconfig) {
  private static final long SECONDS_MAX = 180;

  record Result(int exit, String stdout, String stderr) {}

  Result run(String command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, ".out", "");
    Path err = Files.createTempFile(folder, ".err", "");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(folder.toFile());
    builder.environment().put("PATH", kubectl.getParent() + ":" + System.getenv("PATH"));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("KUBECACHEDIR", folder.resolveSibling("cache").toString());
    builder.environment().put("HOME", folder.toString());
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) ? process.exitValue() : 124;
    process.destroyForcibly();
    Result result = new Result(exit, text(out), text(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  private String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        .replace(folder.toString(), "<dir>");
  }
}
