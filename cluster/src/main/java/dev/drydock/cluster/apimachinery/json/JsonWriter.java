package dev.drydock.cluster.apimachinery.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes {@link Json} trees as compact UTF-8 text.
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  public static byte[] bytes(Json value) {
    try (ByteArrayBuilder out = new ByteArrayBuilder();
        JsonGenerator generator = FACTORY.createGenerator(out)) {
      write(value, generator);
      generator.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String string(Json value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  private static void write(Json value, JsonGenerator out) throws IOException {
    switch (value) {
      case JsonObject object -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case JsonArray array -> {
        out.writeStartArray();
        for (Json item : array) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case JsonString(String string) -> out.writeString(string);
      case JsonNumber(Number number) -> {
        if (number instanceof Long integer) {
          out.writeNumber(integer);
        } else {
          out.writeNumber(number.doubleValue());
        }
      }
      case JsonBoolean(boolean bool) -> out.writeBoolean(bool);
      case JsonNull _ -> out.writeNull();
    }
  }
}
