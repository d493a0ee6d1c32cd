package dev.drydock.cluster.apimachinery.json;

import java.util.Iterator;
import java.util.Map;

/// Writes trees as Go's encoding/json does, which escapes what HTML could misread.
public final class GoJson {
  private static final String HEX = "0123456789abcdef";

  private GoJson() {}

  /// Compact text, as `json.Marshal` writes it.
  public static String string(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, "", "", out);
    return out.toString();
  }

  /// Text of several lines, as `json.MarshalIndent` writes it.
  public static String indented(Json value, String indent) {
    StringBuilder out = new StringBuilder();
    write(value, indent, "\n", out);
    return out.toString();
  }

  /// @param newline the end of a line and the indent of the next; empty for compact text
  private static void write(Json value, String indent, String newline, StringBuilder out) {
    switch (value) {
      case JsonObject object -> {
        Iterator<Map.Entry<String, Json>> fields = object.fields().entrySet().iterator();
        String separator = "{" + inner(newline, indent);
        while (fields.hasNext()) {
          Map.Entry<String, Json> field = fields.next();
          out.append(separator);
          quote(field.getKey(), out);
          out.append(newline.isEmpty() ? ":" : ": ");
          write(field.getValue(), indent, inner(newline, indent), out);
          separator = "," + inner(newline, indent);
        }
        out.append(object.isEmpty() ? "{}" : newline + "}");
      }
      case JsonArray array -> {
        String separator = "[" + inner(newline, indent);
        for (Json item : array) {
          out.append(separator);
          write(item, indent, inner(newline, indent), out);
          separator = "," + inner(newline, indent);
        }
        out.append(array.isEmpty() ? "[]" : newline + "]");
      }
      case JsonString(String text) -> quote(text, out);
      default -> out.append(JsonWriter.string(value));
    }
  }

  private static String inner(String newline, String indent) {
    return newline.isEmpty() ? "" : newline + indent;
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> unicode(c, out);
        default -> {
          if (c < ' ') {
            unicode(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void unicode(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xf));
    }
  }
}
