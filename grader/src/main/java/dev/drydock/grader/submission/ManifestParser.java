package dev.drydock.grader.submission;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;

/// Reads the text of one file into manifests. A `List` counts as the objects in it, as for
/// `kubectl`.
public final class ManifestParser {
  private ManifestParser() {}

  /// @param file as the learner knows it
  public static ImmutableList<SubmittedDocument> parse(String file, byte[] text)
      throws SubmissionException {
    refuseBinary(file, text);
    ImmutableList.Builder<SubmittedDocument> manifests = ImmutableList.builder();
    try {
      for (YamlDocument document : YamlParser.parseAll(text)) {
        collect(file, document, document.root(), "", manifests);
      }
    } catch (JsonSyntaxException e) {
      throw new SubmissionException(
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "Correct it and try again; `kubectl apply --dry-run=client -f %s` reads it too."
              .formatted(file));
    }
    return manifests.build();
  }

  private static void collect(
      String file,
      YamlDocument document,
      Json json,
      String prefix,
      ImmutableList.Builder<SubmittedDocument> manifests)
      throws SubmissionException {
    if (!(json instanceof JsonObject object)) {
      throw new SubmissionException(
          "%s:%d holds no manifest but a plain %s."
              .formatted(file, document.positions().of(prefix).line(), json.goKind()),
          "A manifest starts with fields such as `apiVersion: v1` and `kind: Pod`.");
    }
    if (object.string("kind").endsWith("List") && object.get("items") instanceof JsonArray items) {
      for (int i = 0; i < items.size(); i++) {
        collect(file, document, items.get(i), prefix + "items[" + i + "].", manifests);
      }
      return;
    }
    manifests.add(new SubmittedDocument(file, object, document.positions(), prefix));
  }

  private static void refuseBinary(String file, byte[] text) throws SubmissionException {
    if (text.length >= 2 && isUtf16Mark(text[0], text[1])) {
      throw new SubmissionException(
          "%s is UTF-16 text.".formatted(file), "Save the file as UTF-8 and try again.");
    }
    for (byte b : text) {
      if (b == 0) {
        throw new SubmissionException(
            "%s is a binary file, not a manifest.".formatted(file),
            "Hand in YAML or JSON manifests.");
      }
    }
  }

  private static boolean isUtf16Mark(byte first, byte second) {
    return (first == (byte) 0xFE && second == (byte) 0xFF)
        || (first == (byte) 0xFF && second == (byte) 0xFE);
  }
}
