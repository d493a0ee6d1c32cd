package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object's row in the table of its kind with its metadata, encoded once: only cells that depend
/// on the time are made anew for each answer. Immutable, so that every reader and fork shares it.
public final class TableRow {
  private static final byte[] BEGIN = "{\"cells\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMMA = {','};

  private final ImmutableList<Column> columns;
  private final JsonObject object;

  /// The encoded cells; null where a cell depends on the time.
  private final List<byte @Nullable []> cells = new ArrayList<>();

  private final byte[] end;

  private TableRow(ImmutableList<Column> columns, JsonObject object) {
    this.columns = columns;
    this.object = object;
    PrintContext probe = new PrintContext(Instant.EPOCH);
    for (Column column : columns) {
      byte[] cell = JsonWriter.bytes(column.cell().of(object, probe));
      cells.add(probe.wasAsked() ? null : cell);
    }
    this.end = end(object);
  }

  public static TableRow of(ImmutableList<Column> columns, JsonObject object) {
    return new TableRow(columns, object);
  }

  /// Whether this is the row in a table of these columns.
  public boolean has(ImmutableList<Column> others) {
    return columns == others;
  }

  private static byte[] end(JsonObject object) {
    JsonArray conditions = RowConditions.of(object);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("]".getBytes(StandardCharsets.UTF_8));
    if (!conditions.isEmpty()) {
      out.writeBytes(",\"conditions\":".getBytes(StandardCharsets.UTF_8));
      out.writeBytes(JsonWriter.bytes(conditions));
    }
    out.writeBytes(",\"object\":".getBytes(StandardCharsets.UTF_8));
    out.writeBytes(JsonWriter.bytes(TableGenerator.partial(object)));
    out.write('}');
    return out.toByteArray();
  }

  /// Adds the parts of the row as it is at a time.
  void addTo(List<byte[]> parts, PrintContext context) {
    parts.add(BEGIN);
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        parts.add(COMMA);
      }
      byte[] cell = cells.get(i);
      parts.add(cell != null ? cell : JsonWriter.bytes(columns.get(i).cell().of(object, context)));
    }
    parts.add(end);
  }
}
