package dev.drydock.cluster.apimachinery.schema.generate;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Writes `types-1.36.json.gz`, `descriptions-1.36.json.gz` and `protobuf-1.36.json.gz`. It does
/// nothing when they are newer than the tables and the classes they are made with.
public final class SchemaGenerator {
  private static final String SCHEMA = "dev/drydock/cluster/apimachinery/schema";
  private static final List<String> OUTPUTS =
      List.of("types-1.36.json.gz", "descriptions-1.36.json.gz", "protobuf-1.36.json.gz");

  private SchemaGenerator() {}

  /// Takes the folder of compiled classes.
  public static void main(String[] arguments) throws IOException {
    Path schema = Path.of(arguments[0]).resolve(SCHEMA);
    if (upToDate(schema)) {
      return;
    }
    ProtoFiles protos = ProtoFiles.load();
    ModelReader models = new ModelReader(protos, new ProtoComments(protos));
    models.readAll();
    write(schema.resolve(OUTPUTS.get(0)), models.types());
    write(schema.resolve(OUTPUTS.get(1)), models.descriptions());
    write(schema.resolve(OUTPUTS.get(2)), new ProtoTable(protos, models.types()).messages());
  }

  private static boolean upToDate(Path schema) throws IOException {
    if (!OUTPUTS.stream().map(schema::resolve).allMatch(Files::exists)) {
      return false;
    }
    FileTime written = Files.getLastModifiedTime(schema.resolve(OUTPUTS.get(2)));
    try (Stream<Path> inputs =
        Stream.concat(
            Stream.of(schema.resolve("resources-1.36.txt")),
            Files.list(schema.resolve("generate")))) {
      return inputs.allMatch(input -> modified(input).compareTo(written) <= 0);
    }
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, JsonObject content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(JsonWriter.bytes(content));
    }
  }
}
