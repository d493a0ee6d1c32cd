package dev.drydock.server.content;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlParser;

/// A Markdown file in two: the YAML between its leading `---` lines, and the text below.
record FrontMatter(JsonObject fields, String body) {
  private static final String FENCE = "---\n";

  static FrontMatter of(String file, String text) {
    int end = text.startsWith(FENCE) ? text.indexOf("\n" + FENCE, FENCE.length() - 1) : -1;
    if (end < 0) {
      return new FrontMatter(JsonObject.EMPTY, text);
    }
    String yaml = text.substring(FENCE.length(), end + 1);
    return new FrontMatter(yaml(file, yaml), text.substring(end + 1 + FENCE.length()));
  }

  /// An author's YAML.
  ///
  /// @throws ContentException that names the file
  static JsonObject yaml(String file, String yaml) {
    try {
      var documents = YamlParser.parseAll(yaml);
      return documents.isEmpty() ? JsonObject.EMPTY : documents.getFirst().object();
    } catch (JsonSyntaxException e) {
      throw new ContentException(file + ": " + e.getMessage(), e);
    }
  }
}
