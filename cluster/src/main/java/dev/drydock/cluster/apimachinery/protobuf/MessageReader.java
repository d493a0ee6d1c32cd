package dev.drydock.cluster.apimachinery.protobuf;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.protobuf.Messages.Field;
import dev.drydock.cluster.apimachinery.schema.GoTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one message into a tree. Every value on the wire is kept, zero or not.
final class MessageReader {
  /// How deep messages may nest; no kind's own do by half.
  private static final int DEPTH_MAX = 60;

  private final Map<String, Json> fields = new LinkedHashMap<>();
  private final Map<String, List<Json>> lists = new LinkedHashMap<>();
  private final Map<String, Map<String, Json>> maps = new LinkedHashMap<>();
  private final int depth;

  private MessageReader(int depth) {
    this.depth = depth;
  }

  static JsonObject read(String openApiName, byte[] message) throws IOException {
    return read(Messages.nameOf(openApiName), CodedInputStream.newInstance(message), 0);
  }

  private static JsonObject read(String message, CodedInputStream in, int depth)
      throws IOException {
    if (depth > DEPTH_MAX) {
      throw new IOException("messages nest deeper than " + DEPTH_MAX + " levels");
    }
    MessageReader reader = new MessageReader(depth);
    reader.readAll(message, in);
    return reader.object();
  }

  private void readAll(String message, CodedInputStream in) throws IOException {
    ImmutableMap<Integer, Field> known = Messages.fields(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Field field = known.get(WireFormat.getTagFieldNumber(tag));
      if (field == null) {
        in.skipField(tag);
      } else {
        field(field, in);
      }
    }
  }

  private void field(Field field, CodedInputStream in) throws IOException {
    String type = field.type();
    if (field.name().isEmpty()) {
      JsonObject inline = read(type.substring(1), in.readBytes().newCodedInput(), depth + 1);
      inline.fields().forEach(fields::put);
    } else if (type.startsWith("[]")) {
      lists.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(value(type.substring(2), in));
    } else if (type.startsWith("{}")) {
      entry(maps.computeIfAbsent(field.name(), _ -> new LinkedHashMap<>()), type.substring(2), in);
    } else {
      fields.put(field.name(), value(type, in));
    }
  }

  private JsonObject object() {
    lists.forEach((name, items) -> fields.put(name, JsonArray.copyOf(items)));
    maps.forEach((name, entries) -> fields.put(name, JsonObject.copyOf(entries)));
    return JsonObject.copyOf(fields);
  }

  private void entry(Map<String, Json> into, String type, CodedInputStream outer)
      throws IOException {
    CodedInputStream in = outer.readBytes().newCodedInput();
    String key = "";
    Json value = JsonNull.NULL;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> key = in.readStringRequireUtf8();
        case 2 -> value = value(type, in);
        default -> in.skipField(tag);
      }
    }
    into.put(key, value);
  }

  private Json value(String type, CodedInputStream in) throws IOException {
    return switch (type) {
      case "string" -> new JsonString(in.readStringRequireUtf8());
      case "int32" -> new JsonNumber(in.readInt32());
      case "int64" -> new JsonNumber(in.readInt64());
      case "bool" -> Json.of(in.readBool());
      case "double" -> new JsonNumber((Number) in.readDouble());
      case "bytes" -> new JsonString(Base64.getEncoder().encodeToString(in.readByteArray()));
      case "time" -> time(GoTime.Layout.SECONDS, in.readBytes().newCodedInput());
      case "microTime" -> time(GoTime.Layout.MICROS, in.readBytes().newCodedInput());
      case "quantity" -> quantity(in.readBytes().newCodedInput());
      case "intOrString" -> intOrString(in.readBytes().newCodedInput());
      case "any" -> raw(in.readBytes().newCodedInput());
      default -> read(type.substring(1), in.readBytes().newCodedInput(), depth + 1);
    };
  }

  /// A time that is not set has an empty message.
  private static Json time(GoTime.Layout layout, CodedInputStream in) throws IOException {
    if (in.isAtEnd()) {
      return JsonNull.NULL;
    }
    long seconds = 0;
    int nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> seconds = in.readInt64();
        case 2 -> nanos = in.readInt32();
        default -> in.skipField(tag);
      }
    }
    try {
      Instant instant = Instant.ofEpochSecond(seconds, nanos);
      return new JsonString(layout.format(instant.atOffset(ZoneOffset.UTC)));
    } catch (DateTimeException e) {
      throw new IOException("a time is out of range", e);
    }
  }

  private static Json quantity(CodedInputStream in) throws IOException {
    String text = "0";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> text = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    return new JsonString(text.isEmpty() ? "0" : text);
  }

  private static Json intOrString(CodedInputStream in) throws IOException {
    boolean isString = false;
    int number = 0;
    String text = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> isString = in.readInt64() == 1;
        case 2 -> number = in.readInt32();
        case 3 -> text = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    return isString ? new JsonString(text) : new JsonNumber(number);
  }

  /// JSON travels as its text.
  private static Json raw(CodedInputStream in) throws IOException {
    Json value = JsonNull.NULL;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        try {
          value = JsonParser.parse(in.readByteArray());
        } catch (JsonSyntaxException e) {
          throw new IOException(e.getMessage(), e);
        }
      } else {
        in.skipField(tag);
      }
    }
    return value;
  }
}
