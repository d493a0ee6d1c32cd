package dev.drydock.cluster.printers;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// One column of a kind's table.
///
/// @param type `string`, `integer`, `date` or `boolean`
/// @param format `name` for the name column, else empty
/// @param priority 0: always shown; 1: with `-o wide`
public record Column(
    String name, String type, String format, String description, int priority, Cell cell) {

  /// Computes what a row shows in the column.
  @FunctionalInterface
  public interface Cell {
    Json of(JsonObject object, PrintContext context);
  }

  public static Column named() {
    return new Column(
        "Name",
        "string",
        "name",
        Descriptions.NAME,
        0,
        (object, _) -> Json.of(object.string("metadata", "name")));
  }

  public static Column age() {
    return of("Age", Descriptions.CREATION_TIMESTAMP, (object, context) -> context.age(object));
  }

  public static Column of(String name, String description, Text cell) {
    return new Column(
        name, "string", "", description, 0, (object, context) -> Json.of(cell.of(object, context)));
  }

  public static Column integer(String name, String description, Number cell) {
    return new Column(
        name,
        "integer",
        "",
        description,
        0,
        (object, context) -> Json.of(cell.of(object, context)));
  }

  public Column wide() {
    return new Column(name, type, format, description, 1, cell);
  }

  JsonObject definition() {
    return JsonObject.builder()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", description)
        .put("priority", priority)
        .build();
  }

  /// A cell of text.
  @FunctionalInterface
  public interface Text {
    String of(JsonObject object, PrintContext context);
  }

  /// A cell with a whole number.
  @FunctionalInterface
  public interface Number {
    long of(JsonObject object, PrintContext context);
  }
}
