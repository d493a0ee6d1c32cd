package dev.drydock.cluster.apimachinery.json;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Positions.Node;
import dev.drydock.cluster.apimachinery.json.Positions.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Builds the tree of one document from YAML events, and the places of its fields beside it.
///
/// Aliases share the anchored tree; what they would unfold to is counted against the limit.
final class YamlComposer {
  private static final String CORE_TAG = "tag:yaml.org,2002:";

  /// A value, where it stands, and how many values it holds once its aliases are unfolded.
  private record Composed(Json value, Node node, long size) {}

  private final Iterator<Event> events;
  private final Map<String, Optional<Composed>> anchors = new HashMap<>();
  private long size;

  YamlComposer(Iterator<Event> events) {
    this.events = events;
  }

  YamlDocument document(Event first, int index) throws JsonSyntaxException {
    Composed root = value(first, 0);
    return new YamlDocument(root.value(), new Positions(root.node()), index);
  }

  private Composed value(Event event, int depth) throws JsonSyntaxException {
    if (depth > JsonParser.DEPTH_MAX) {
      throw YamlProblem.at(
          event.getStartMark(),
          "the document nests deeper than " + JsonParser.DEPTH_MAX + " levels; make it flatter.");
    }
    if (event instanceof AliasEvent alias) {
      return count(alias(alias), event);
    }
    Optional<String> anchor = ((NodeEvent) event).getAnchor().map(defined -> defined.getValue());
    anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
    Composed composed =
        switch (event) {
          case ScalarEvent scalar -> count(leaf(scalar(scalar), scalar), event);
          case SequenceStartEvent sequence -> sequence(sequence, depth);
          case MappingStartEvent mapping -> mapping(mapping, depth);
          default -> throw new IllegalStateException("not a value: " + event);
        };
    anchor.ifPresent(name -> anchors.put(name, Optional.of(composed)));
    return composed;
  }

  private Composed count(Composed composed, Event event) throws JsonSyntaxException {
    size += composed.size();
    if (size > YamlParser.VALUES_MAX) {
      throw YamlProblem.at(
          event.getStartMark(),
          "the document holds more than "
              + YamlParser.VALUES_MAX
              + " values; repeat less by aliases (*), or split the document.");
    }
    return composed;
  }

  private static Composed leaf(Json value, Event event) {
    return new Composed(value, Node.leaf(position(event)), 1);
  }

  private static Position position(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Position(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(new Position(1, 1));
  }

  private Composed alias(AliasEvent alias) throws JsonSyntaxException {
    String name = alias.getAlias().getValue();
    Optional<Composed> anchored = anchors.get(name);
    if (anchored == null) {
      throw YamlProblem.at(
          alias.getStartMark(),
          "the alias *" + name + " names an anchor that this document does not define before it.");
    }
    return anchored
        .map(found -> new Composed(found.value(), Node.leaf(position(alias)), found.size()))
        .orElseThrow(
            () ->
                YamlProblem.at(
                    alias.getStartMark(),
                    "the anchor &" + name + " contains itself; remove the alias *" + name + "."));
  }

  private Composed sequence(SequenceStartEvent start, int depth) throws JsonSyntaxException {
    ImmutableList.Builder<Json> items = ImmutableList.builder();
    ImmutableList.Builder<Node> nodes = ImmutableList.builder();
    long before = size;
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      Composed item = value(event, depth + 1);
      items.add(item.value());
      nodes.add(item.node());
    }
    Composed composed = leaf(new JsonArray(items.build()), start);
    Node node = new Node(position(start), ImmutableMap.of(), nodes.build());
    count(composed, start);
    return new Composed(composed.value(), node, size - before);
  }

  private Composed mapping(MappingStartEvent start, int depth) throws JsonSyntaxException {
    Map<String, Json> fields = new LinkedHashMap<>();
    Map<String, Node> nodes = new LinkedHashMap<>();
    long before = size;
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (isMerge(event)) {
        merge(value(events.next(), depth + 1), event, fields, nodes);
      } else {
        String name = name(value(event, depth + 1).value(), event.getStartMark());
        Composed field = value(events.next(), depth + 1);
        fields.put(name, field.value());
        nodes.put(name, field.node().at(position(event)));
      }
    }
    count(leaf(JsonNull.NULL, start), start);
    Node node = new Node(position(start), ImmutableMap.copyOf(nodes), ImmutableList.of());
    return new Composed(JsonObject.copyOf(fields), node, size - before);
  }

  private static boolean isMerge(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().equals("<<");
  }

  /// The merge key `<<` puts in the fields of one object, or of several of which the first wins.
  private static void merge(
      Composed merged, Event key, Map<String, Json> fields, Map<String, Node> nodes)
      throws JsonSyntaxException {
    ImmutableList<Json> sources =
        merged.value() instanceof JsonArray array
            ? array.items().reverse()
            : ImmutableList.of(merged.value());
    for (Json source : sources) {
      if (!(source instanceof JsonObject object)) {
        throw YamlProblem.at(
            key.getStartMark(), "the merge key << needs an object, or a list of objects.");
      }
      for (Map.Entry<String, Json> field : object.fields().entrySet()) {
        fields.put(field.getKey(), field.getValue());
        nodes.put(field.getKey(), Node.leaf(position(key)));
      }
    }
  }

  private static String name(Json key, Optional<Mark> mark) throws JsonSyntaxException {
    return switch (key) {
      case JsonString(String name) -> name;
      case JsonNumber _, JsonBoolean _ -> JsonWriter.string(key);
      case JsonObject _, JsonArray _, JsonNull _ ->
          throw YamlProblem.at(
              mark, "a field name must be text, not " + key.goKind() + "; put it in quotes.");
    };
  }

  private static Json scalar(ScalarEvent scalar) throws JsonSyntaxException {
    String text = scalar.getValue();
    String tag = scalar.getTag().orElse("");
    if (tag.isEmpty() ? !scalar.isPlain() : tag.equals("!") || tag.equals(CORE_TAG + "str")) {
      return new JsonString(text);
    }
    if (tag.equals(CORE_TAG + "binary")) {
      return binary(scalar);
    }
    Json value = YamlScalars.resolve(text);
    if (value == null) {
      throw YamlProblem.at(
          scalar.getStartMark(),
          "JSON has no number " + text + "; put it in quotes if it is meant as text.");
    }
    return tagged(value, tag, scalar);
  }

  private static Json tagged(Json value, String tag, ScalarEvent scalar)
      throws JsonSyntaxException {
    boolean fits =
        switch (tag) {
          case CORE_TAG + "int", CORE_TAG + "float" -> value instanceof JsonNumber;
          case CORE_TAG + "bool" -> value instanceof JsonBoolean;
          case CORE_TAG + "null" -> value instanceof JsonNull;
          default -> true;
        };
    if (!fits) {
      throw YamlProblem.at(
          scalar.getStartMark(),
          "the value " + scalar.getValue() + " is not of the type its tag names; remove the tag.");
    }
    return value;
  }

  private static Json binary(ScalarEvent scalar) throws JsonSyntaxException {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(scalar.getValue());
      return new JsonString(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw YamlProblem.at(
          scalar.getStartMark(), "a !!binary value must be base64; encode it, or remove the tag.");
    }
  }
}
