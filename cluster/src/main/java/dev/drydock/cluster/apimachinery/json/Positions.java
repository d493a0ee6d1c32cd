package dev.drydock.cluster.apimachinery.json;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the fields of a document stand in its text.
///
/// Paths are written as in the messages of the API server: `spec.containers[0].image`,
/// `metadata.labels[app.kubernetes.io/name]`.
public final class Positions {

  /// A place in a text; both count from 1.
  public record Position(int line, int column) {
    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /// The place of a value (for a field, of its name), and the places below it.
  record Node(Position position, ImmutableMap<String, Node> fields, ImmutableList<Node> items) {
    static Node leaf(Position position) {
      return new Node(position, ImmutableMap.of(), ImmutableList.of());
    }

    Node at(Position elsewhere) {
      return new Node(elsewhere, fields, items);
    }
  }

  private final Node root;

  Positions(Node root) {
    this.root = root;
  }

  /// The position of a field's name or of a list's item; where there is no such field, that of the
  /// nearest one around it. Quotes and brackets about a name are optional.
  public Position of(String path) {
    Node node = root;
    for (String step : steps(path)) {
      Node next = next(node, step);
      if (next == null) {
        break;
      }
      node = next;
    }
    return node.position();
  }

  /// Every path of the document with its position, in the order of the text.
  public Map<String, Position> all() {
    Map<String, Position> all = new LinkedHashMap<>();
    collect("", root, all);
    return all;
  }

  private static void collect(String path, Node node, Map<String, Position> into) {
    if (!path.isEmpty()) {
      into.put(path, node.position());
    }
    node.fields().forEach((name, child) -> collect(join(path, name), child, into));
    for (int i = 0; i < node.items().size(); i++) {
      collect(path + "[" + i + "]", node.items().get(i), into);
    }
  }

  private static String join(String path, String name) {
    if (name.indexOf('.') >= 0 || name.indexOf('[') >= 0) {
      return path + "[" + name + "]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static @Nullable Node next(Node node, String step) {
    Node field = node.fields().get(step);
    if (field != null || node.items().isEmpty()) {
      return field;
    }
    int index = index(step);
    return index >= 0 && index < node.items().size() ? node.items().get(index) : null;
  }

  private static int index(String step) {
    boolean digits =
        !step.isEmpty() && step.length() < 9 && step.chars().allMatch(Character::isDigit);
    return digits ? Integer.parseInt(step) : -1;
  }

  /// Splits at dots and brackets; what stands in brackets is one step, quoted or not.
  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at);
      if (c == '.') {
        at++;
      } else if (c == '[') {
        int close = path.indexOf(']', at);
        int end = close < 0 ? path.length() : close;
        steps.add(unquoted(path.substring(at + 1, end)));
        at = end + 1;
      } else {
        int end = at;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        steps.add(path.substring(at, end));
        at = end;
      }
    }
    return steps;
  }

  private static String unquoted(String step) {
    boolean quoted =
        step.length() >= 2
            && (step.charAt(0) == '"' || step.charAt(0) == '\'')
            && step.charAt(0) == step.charAt(step.length() - 1);
    return quoted ? step.substring(1, step.length() - 1) : step;
  }
}
