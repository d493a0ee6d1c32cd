package dev.drydock.cluster.registry.apiextensions.customresource;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.jsonpath.JsonPath;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.printers.Column;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.registry.rest.Conversion;
import java.util.List;

/// The columns of a custom resource's table: its name, and what its definition asks for; its age
/// where that asks for nothing. Models
/// apiextensions-apiserver/pkg/registry/customresource/tableconvertor.
final class PrinterColumns {
  private static final JsonObject AGE =
      JsonObject.builder()
          .put("name", "Age")
          .put("type", "date")
          .put("jsonPath", ".metadata.creationTimestamp")
          .build();

  private PrinterColumns() {}

  static ImmutableList<Column> of(JsonObject version, Conversion conversion) {
    List<JsonObject> asked = version.array("additionalPrinterColumns").objects().toList();
    ImmutableList.Builder<Column> columns = ImmutableList.builder();
    columns.add(Column.named());
    for (JsonObject column : asked.isEmpty() ? List.of(AGE) : asked) {
      columns.add(column(column, conversion));
    }
    return columns.build();
  }

  private static Column column(JsonObject column, Conversion conversion) {
    String type = column.string("type");
    String name = column.string("name");
    String description = column.string("description");
    Column.Cell cell = cell(column.string("jsonPath"), type, conversion);
    return new Column(
        name,
        type,
        column.string("format"),
        description.isEmpty()
            ? "Custom resource definition column (in JSONPath format): " + column.string("jsonPath")
            : description,
        (int) column.integer(0, "priority"),
        cell);
  }

  private static Column.Cell cell(String text, String type, Conversion conversion) {
    try {
      JsonPath path = JsonPath.parse(text);
      return (object, context) -> {
        List<Json> found = path.find(conversion.fromStored(object));
        return found.isEmpty() ? JsonNull.NULL : print(found.getFirst(), type, context);
      };
    } catch (JsonPath.Malformed e) {
      return (_, _) -> JsonNull.NULL;
    }
  }

  private static Json print(Json value, String type, PrintContext context) {
    return switch (type) {
      case "string" -> Json.of(JsonPath.print(value));
      case "integer" ->
          value instanceof JsonNumber number ? Json.of(number.longValue()) : JsonNull.NULL;
      case "number" -> value instanceof JsonNumber ? value : JsonNull.NULL;
      case "boolean" -> value instanceof JsonBoolean ? value : JsonNull.NULL;
      case "date" -> value instanceof JsonString(String time) ? date(time, context) : JsonNull.NULL;
      default -> JsonNull.NULL;
    };
  }

  private static Json date(String time, PrintContext context) {
    return Json.of(Times.parse(time).isPresent() ? context.since(time) : "<invalid>");
  }
}
