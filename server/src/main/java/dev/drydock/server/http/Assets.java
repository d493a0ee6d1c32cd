package dev.drydock.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The scripts, styles and fonts that the web module built. Their names carry a hash of their
/// content, so browsers keep them for good.
final class Assets {
  private static final String FOLDER = "/dev/drydock/web/";
  private static final ImmutableMap<String, String> TYPES =
      ImmutableMap.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "woff2", "font/woff2",
          "woff", "font/woff",
          "svg", "image/svg+xml");

  private final String script;
  private final ImmutableList<String> styles;

  Assets() {
    JsonNode entry = manifest().path("src/main.ts");
    this.script = "/assets/" + entry.path("file").asText();
    this.styles =
        StreamSupport.stream(entry.path("css").spliterator(), false)
            .map(css -> "/assets/" + css.asText())
            .collect(ImmutableList.toImmutableList());
  }

  String script() {
    return script;
  }

  ImmutableList<String> styles() {
    return styles;
  }

  void serve(Context context) {
    String name = context.pathParam("name");
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    byte[] content = type != null && name.matches("[A-Za-z0-9._-]+") ? read(FOLDER + name) : null;
    if (content == null || type == null) {
      throw new Refusal(404, "There is no such file.");
    }
    context
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .contentType(type)
        .result(content);
  }

  private static JsonNode manifest() {
    byte[] manifest = read(FOLDER + "manifest.json");
    if (manifest == null) {
      throw new IllegalStateException("the web module is not built: run ./mvnw compile");
    }
    try {
      return new ObjectMapper().readTree(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte @Nullable [] read(String resource) {
    try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
      return stream == null ? null : stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
