package dev.drydock.cluster.apimachinery.schema.generate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The comments of protobuf messages and fields. The client's model classes lack the descriptions
/// of fields that refer to another type, and the line breaks in all; the generated protobuf sources
/// have them (but no empty lines).
final class ProtoComments {
  private static final Pattern TYPE = Pattern.compile(" \\* Protobuf type \\{@code ([\\w.]+)\\}");
  private static final Pattern INTERFACE = Pattern.compile("\\(interface_extends:([\\w.]+)\\)");
  private static final Pattern FIELD = Pattern.compile(" \\* <code>.* (\\w+) = \\d+;</code>");
  private static final Pattern LINE = Pattern.compile(" +\\* ?(.*)");

  private final Map<String, String> comments = new HashMap<>();

  ProtoComments(ProtoFiles files) {
    files.sources().forEach(this::read);
  }

  /// The comment of a message, by its full name; empty where there is none.
  String of(String message) {
    return comments.getOrDefault(message, "");
  }

  /// The comment of a field; empty where there is none.
  String of(String message, String field) {
    return of(message + "." + field);
  }

  private void read(String source) {
    ClassLoader loader = Objects.requireNonNull(ProtoComments.class.getClassLoader());
    InputStream in = Objects.requireNonNull(loader.getResourceAsStream(source), source);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      new Reader().read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Remembers the last comment until the line comes that tells what it belongs to. Of a message's
  /// fields only the accessor interface is read; the classes repeat its comments.
  private final class Reader {
    private final StringBuilder comment = new StringBuilder();
    private String message = "";
    private boolean inComment;

    void read(BufferedReader lines) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith("* <pre>")) {
          comment.setLength(0);
          inComment = true;
        } else if (line.endsWith("* </pre>")) {
          inComment = false;
        } else if (inComment) {
          Matcher text = LINE.matcher(line);
          comment.append(text.matches() ? text.group(1) : "").append('\n');
        } else {
          place(line);
        }
      }
    }

    private void place(String line) {
      Matcher field = FIELD.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher accessors = INTERFACE.matcher(line);
      if (line.equals("  }")) {
        message = "";
      } else if (accessors.find()) {
        message = accessors.group(1);
      } else if (type.find()) {
        keep(type.group(1));
      } else if (!message.isEmpty() && field.find()) {
        keep(message + "." + field.group(1));
      }
    }

    private void keep(String name) {
      comments.putIfAbsent(name, comment.toString());
      comment.setLength(0);
    }
  }
}
