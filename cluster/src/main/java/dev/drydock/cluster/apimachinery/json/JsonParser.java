package dev.drydock.cluster.apimachinery.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads JSON text into a {@link Json} tree, within limits on depth and on the length of numbers.
///
/// A field given twice keeps its last value, as Go's decoder does; {@link #parse(byte[],
/// DuplicateFields)} reports those fields for strict validation.
public final class JsonParser {
  /// How deep objects and arrays may nest; the depth at which upstream's decoder stops.
  public static final int DEPTH_MAX = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(400)
                  .maxStringLength(64 << 20)
                  .build())
          .build();

  private JsonParser() {}

  /// Hears of each field that an object names twice.
  @FunctionalInterface
  public interface DuplicateFields {
    DuplicateFields IGNORED = _ -> {};

    /// The field's path, such as `spec.containers[0].image`.
    void found(String path);
  }

  public static Json parse(String text) throws JsonSyntaxException {
    return parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  public static Json parse(byte[] text) throws JsonSyntaxException {
    return parse(text, DuplicateFields.IGNORED);
  }

  /// Parses text that the program itself wrote or ships.
  public static JsonObject parseTrusted(String text) {
    try {
      return (JsonObject) parse(text);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  public static Json parse(byte[] text, DuplicateFields duplicates) throws JsonSyntaxException {
    try (com.fasterxml.jackson.core.JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new JsonSyntaxException("unexpected end of JSON input", 1, 1);
      }
      Json value = value(parser, duplicates, "");
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException(
            GoSyntax.problem(text).orElse("invalid character after top-level value"),
            parser.currentTokenLocation().getLineNr(),
            parser.currentTokenLocation().getColumnNr());
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new JsonSyntaxException("exceeded max depth or size: " + e.getOriginalMessage(), 0, 0);
    } catch (JsonParseException e) {
      throw new JsonSyntaxException(
          GoSyntax.problem(text).orElse(e.getOriginalMessage()),
          e.getLocation().getLineNr(),
          e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json value(
      com.fasterxml.jackson.core.JsonParser parser, DuplicateFields duplicates, String path)
      throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, duplicates, path);
      case START_ARRAY -> array(parser, duplicates, path);
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> new JsonNumber((Number) parser.getDoubleValue());
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonParseException(parser, "unexpected token " + parser.currentToken());
    };
  }

  private static JsonNumber integer(com.fasterxml.jackson.core.JsonParser parser)
      throws IOException {
    return parser.getNumberType() == com.fasterxml.jackson.core.JsonParser.NumberType.BIG_INTEGER
        ? new JsonNumber((Number) parser.getDoubleValue())
        : new JsonNumber(parser.getLongValue());
  }

  private static JsonObject object(
      com.fasterxml.jackson.core.JsonParser parser, DuplicateFields duplicates, String path)
      throws IOException {
    Map<String, Json> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String fieldPath = duplicates == DuplicateFields.IGNORED ? "" : join(path, name);
      parser.nextToken();
      if (fields.put(name, value(parser, duplicates, fieldPath)) != null) {
        duplicates.found(fieldPath);
      }
    }
    return JsonObject.copyOf(fields);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static JsonArray array(
      com.fasterxml.jackson.core.JsonParser parser, DuplicateFields duplicates, String path)
      throws IOException {
    ImmutableList.Builder<Json> items = ImmutableList.builder();
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      String itemPath = duplicates == DuplicateFields.IGNORED ? "" : path + "[" + index + "]";
      items.add(value(parser, duplicates, itemPath));
    }
    return new JsonArray(items.build());
  }
}
