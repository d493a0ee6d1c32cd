package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Turns objects into a `meta.k8s.io/v1 Table`. Models pkg/printers/tablegenerator.go.
public final class TableGenerator {

  /// How much of each object a row carries; models the parameter `includeObject`.
  public enum Include {
    NONE,
    METADATA,
    OBJECT;

    public static Include of(String parameter) {
      return switch (parameter) {
        case "None" -> NONE;
        case "Object" -> OBJECT;
        default -> METADATA;
      };
    }
  }

  private static final byte[] ROWS_END = {']', '}'};
  private static final byte[] COMMA = {','};

  private TableGenerator() {}

  /// @param objects as they are stored, which cells are made of
  /// @param shown how an object is shown where a row carries it
  /// @param withColumns whether the columns are described; in a watch only its first event does
  public static JsonObject table(
      ImmutableList<Column> columns,
      List<JsonObject> objects,
      UnaryOperator<JsonObject> shown,
      JsonObject listMetadata,
      Include include,
      boolean withColumns,
      PrintContext context) {
    ImmutableList.Builder<Json> rows = ImmutableList.builder();
    for (JsonObject object : objects) {
      rows.add(row(columns, object, shown, include, context));
    }
    JsonObject.Builder table =
        JsonObject.builder()
            .put("kind", "Table")
            .put("apiVersion", "meta.k8s.io/v1")
            .put("metadata", listMetadata);
    if (withColumns) {
      table.put(
          "columnDefinitions", JsonArray.copyOf(columns.stream().map(Column::definition).toList()));
    } else {
      table.put("columnDefinitions", dev.drydock.cluster.apimachinery.json.JsonNull.NULL);
    }
    return table.put("rows", new JsonArray(rows.build())).build();
  }

  /// The JSON text of a table whose rows carry metadata, which is what kubectl asks for.
  public static byte[] encoded(
      ImmutableList<Column> columns,
      List<TableRow> rows,
      JsonObject listMetadata,
      PrintContext context) {
    byte[] empty =
        JsonWriter.bytes(
            table(columns, List.of(), row -> row, listMetadata, Include.METADATA, true, context));
    int open = empty.length - ROWS_END.length;
    List<byte[]> parts = new ArrayList<>();
    parts.add(Arrays.copyOf(empty, open));
    for (TableRow row : rows) {
      if (parts.size() > 1) {
        parts.add(COMMA);
      }
      row.addTo(parts, context);
    }
    parts.add(ROWS_END);
    return Bytes.concat(parts.toArray(byte[][]::new));
  }

  private static JsonObject row(
      ImmutableList<Column> columns,
      JsonObject object,
      UnaryOperator<JsonObject> shown,
      Include include,
      PrintContext context) {
    ImmutableList.Builder<Json> cells = ImmutableList.builder();
    for (Column column : columns) {
      cells.add(column.cell().of(object, context));
    }
    JsonObject.Builder row = JsonObject.builder().put("cells", new JsonArray(cells.build()));
    JsonArray conditions = RowConditions.of(object);
    if (!conditions.isEmpty()) {
      row.put("conditions", conditions);
    }
    switch (include) {
      case NONE -> {}
      case METADATA -> row.put("object", partial(object));
      case OBJECT -> row.put("object", shown.apply(object));
    }
    return row.build();
  }

  static JsonObject partial(JsonObject object) {
    return JsonObject.builder()
        .put("kind", "PartialObjectMetadata")
        .put("apiVersion", "meta.k8s.io/v1")
        .put("metadata", object.object("metadata"))
        .build();
  }
}
