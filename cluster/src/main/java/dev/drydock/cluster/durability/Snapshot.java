package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/// A cluster as bytes: lines of JSON, packed by gzip. The first says what it is, in which version,
/// and whose; the others are the changes that lead from nothing to the state.
///
/// @param about what whoever made it said of the cluster
record Snapshot(JsonObject about, Replay replay) {
  private static final String FORMAT = "drydock cluster";
  private static final int VERSION = 1;
  private static final int LINE_BYTES_MAX = 64 << 20;

  static byte[] bytes(JsonObject about, Durable state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(about, state, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static void write(JsonObject about, Durable state, OutputStream out) throws IOException {
    GZIPOutputStream packed = new GZIPOutputStream(out);
    BufferedOutputStream lines = new BufferedOutputStream(packed, 1 << 16);
    lines.write(
        JsonWriter.bytes(
            JsonObject.builder()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("about", about)
                .build()));
    lines.write('\n');
    ChangeWriter.everything(state, lines);
    lines.flush();
    packed.finish();
  }

  /// @throws DurabilityException when these bytes are no snapshot, are not all of one, or are one
  ///   of a later version
  static Snapshot read(byte[] bytes) throws DurabilityException {
    try (InputStream lines =
        new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(bytes)), 1 << 16)) {
      JsonObject about = about(line(lines));
      Replay replay = new Replay();
      for (byte[] line = line(lines); line.length > 0; line = line(lines)) {
        replay.line(line);
      }
      if (!replay.hasState()) {
        throw new DurabilityException("The snapshot is cut off.");
      }
      return new Snapshot(about, replay);
    } catch (EOFException e) {
      throw new DurabilityException(
          bytes.length == 0 ? "The snapshot is empty." : "The snapshot is cut off.", e);
    } catch (ZipException e) {
      throw new DurabilityException("This is no snapshot of a cluster, or a damaged one.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject about(byte[] line) throws DurabilityException {
    try {
      if (JsonParser.parse(line) instanceof JsonObject head
          && head.string("format").equals(FORMAT)) {
        long version = head.integer(0, "version");
        if (version > VERSION) {
          throw new DurabilityException(
              "The snapshot was made by a newer Drydock (format %d; this one reads %d)."
                  .formatted(version, VERSION));
        }
        return head.object("about");
      }
    } catch (JsonSyntaxException e) {
      throw new DurabilityException("This is no snapshot of a cluster.", e);
    }
    throw new DurabilityException("This is no snapshot of a cluster.");
  }

  /// The next line; empty at the end.
  private static byte[] line(InputStream in) throws IOException, DurabilityException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > LINE_BYTES_MAX) {
        throw new DurabilityException("This is no snapshot of a cluster: a line has no end.");
      }
    }
    return line.toByteArray();
  }
}
