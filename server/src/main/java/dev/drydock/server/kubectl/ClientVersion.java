package dev.drydock.server.kubectl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks a kubectl which version it is.
final class ClientVersion {
  private static final Pattern VERSION = Pattern.compile("Client Version: (v[\\w.+-]+)");
  private static final int SECONDS_MAX = 10;

  private ClientVersion() {}

  /// Empty when the program does not answer as kubectl does.
  static Optional<String> of(Path kubectl) {
    try {
      Process process =
          new ProcessBuilder(kubectl.toString(), "version", "--client")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      byte[] output = process.getInputStream().readNBytes(4096);
      Matcher matcher = VERSION.matcher(new String(output, StandardCharsets.UTF_8));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
