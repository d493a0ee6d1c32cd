package dev.drydock.server.kubectl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;

/// Fetches a file over HTTPS with progress, and reckons checksums.
final class Download {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration RESPONSE_MAX = Duration.ofSeconds(60);
  private static final long BYTES_MAX = 200L << 20;
  private static final int PERCENT_STEP = 20;

  private Download() {}

  /// @throws IOException when the answer is not the file
  static void fetch(URI source, Path target, Consumer<String> progress) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(source).timeout(RESPONSE_MAX).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("%s answered %d".formatted(source, response.statusCode()));
        }
        long size = response.headers().firstValueAsLong("content-length").orElse(-1);
        copy(in, target, size, progress);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void copy(InputStream in, Path target, long size, Consumer<String> progress)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long done = 0;
    long told = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        done += read;
        if (done > BYTES_MAX) {
          throw new IOException("the file is larger than expected");
        }
        if (size > 0 && done * 100 / size >= told + PERCENT_STEP) {
          told = done * 100 / size;
          progress.accept("  %d%% of %d MB".formatted(told, size >> 20));
        }
      }
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static void verify(Path file, String sha256) throws IOException {
    if (!sha256(file).equals(sha256)) {
      throw new IOException("the checksum of what came is not the expected one");
    }
  }
}
