package dev.drydock.cluster;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Recordings of the real Kubernetes among the test resources.
public final class Recorded {
  private Recorded() {}

  /// A recorded answer of the API server, by the name of its file without the ending.
  public static JsonObject http(String name) {
    return json("/conformance/http/" + name + ".json");
  }

  public static JsonObject json(String resource) {
    return JsonParser.parseTrusted(new String(bytes(resource), StandardCharsets.UTF_8));
  }

  public static byte[] bytes(String resource) {
    try (InputStream in = Recorded.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
