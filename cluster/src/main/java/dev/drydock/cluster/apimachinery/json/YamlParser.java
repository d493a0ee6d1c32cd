package dev.drydock.cluster.apimachinery.json;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML as `kubectl` does, JSON included: scalars mean what they mean in YAML 1.1, a field
/// given twice keeps its last value, documents without content are passed over.
///
/// Bytes, documents, depth and values (aliases unfolded) are limited. Every refusal is a {@link
/// JsonSyntaxException} whose message names the place and says what to do.
public final class YamlParser {
  /// As many as the API server takes in one request.
  public static final int BYTES_MAX = 3 << 20;

  public static final int DOCUMENTS_MAX = 1000;

  /// Values in one stream, aliases unfolded.
  public static final int VALUES_MAX = 1_000_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setLabel("manifest").setCodePointLimit(BYTES_MAX).build();

  private YamlParser() {}

  /// The documents of a stream, in order; none where the text is empty or all comments.
  public static List<YamlDocument> parseAll(byte[] utf8) throws JsonSyntaxException {
    if (utf8.length > BYTES_MAX) {
      throw YamlProblem.at(
          Optional.empty(),
          "the text is %d bytes long; at most %d are read.".formatted(utf8.length, BYTES_MAX));
    }
    String text = decode(utf8);
    try {
      return documents(new Parse(SETTINGS).parseString(text).iterator());
    } catch (YamlEngineException e) {
      throw YamlProblem.of(e, text);
    }
  }

  public static List<YamlDocument> parseAll(String text) throws JsonSyntaxException {
    return parseAll(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<YamlDocument> documents(Iterator<Event> events) throws JsonSyntaxException {
    ImmutableList.Builder<YamlDocument> documents = ImmutableList.builder();
    int started = 0;
    int held = 0;
    while (events.hasNext()) {
      if (!(events.next() instanceof DocumentStartEvent start)) {
        continue;
      }
      if (++started > DOCUMENTS_MAX) {
        throw YamlProblem.at(
            start.getStartMark(),
            "there are more than " + DOCUMENTS_MAX + " documents; split the file.");
      }
      YamlDocument document = new YamlComposer(events).document(events.next(), held);
      if (!(document.root() instanceof JsonNull)) {
        documents.add(document);
        held++;
      }
    }
    return documents.build();
  }

  private static String decode(byte[] utf8) throws JsonSyntaxException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw YamlProblem.at(Optional.empty(), "the text is not UTF-8; save the file as UTF-8.");
    }
  }
}
