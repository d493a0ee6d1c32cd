package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Reads the resources that describe the API; most are written by the build's schema generator.
public final class SchemaResource {
  private SchemaResource() {}

  /// The bytes of a resource as they are.
  public static byte[] bytes(String name) {
    try (InputStream in = SchemaResource.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonObject read(String name) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(name)))) {
      return (JsonObject) JsonParser.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
