package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Reads the resources that the build's schema generator wrote.
public final class SchemaResource {
  private SchemaResource() {}

  public static JsonObject read(String name) {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(SchemaResource.class.getResourceAsStream(name), name))) {
      return (JsonObject) JsonParser.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
