package dev.drydock.cluster.os.applets;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// What an awk program knows: variables, arrays, the current record. Fields hold immutable values,
/// so that a copy is a fork.
final class AwkMemory implements Cloneable {
  /// More steps than this without taking another record count as an endless loop.
  private static final int STEPS_MAX = 3_000_000;

  private static final long BYTES_MAX = 48L << 20;

  PMap<String, AwkValue> variables = HashTreePMap.empty();
  PMap<String, PMap<String, AwkValue>> arrays = HashTreePMap.empty();
  PVector<String> fields = TreePVector.empty();
  String record = "";
  PMap<String, Boolean> opened = HashTreePMap.empty();
  PMap<String, Integer> readers = HashTreePMap.empty();
  PVector<Boolean> inRange = TreePVector.empty();
  long bytes;

  /// Arrays that a function calls by its own names.
  PMap<String, String> aliases = TreePMap.empty();

  private int steps;

  AwkMemory copy() {
    try {
      var copy = (AwkMemory) clone();
      copy.steps = 0;
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  void step() {
    if (++steps > STEPS_MAX || bytes > BYTES_MAX) {
      throw new Regex.TooExpensive();
    }
  }

  int steps() {
    return steps;
  }

  AwkValue get(String name) {
    if (name.equals("NF")) {
      return AwkValue.of(fields.size());
    }
    AwkValue value = variables.get(name);
    return value == null ? new AwkValue.Unset() : value;
  }

  void set(String name, AwkValue value) {
    step();
    if (name.equals("NF")) {
      int count = (int) Math.clamp(value.number(), 0, 10_000);
      while (fields.size() > count) {
        fields = fields.minus(fields.size() - 1);
      }
      while (fields.size() < count) {
        fields = fields.plus("");
      }
      join();
      return;
    }
    AwkValue old = variables.get(name);
    bytes += size(value) - size(old);
    variables = variables.plus(name, value);
  }

  private static long size(@Nullable AwkValue value) {
    return value instanceof AwkValue.Text(String text) ? text.length() + 32 : 32;
  }

  String separator() {
    AwkValue value = variables.get("FS");
    return value == null ? " " : value.text();
  }

  void setRecord(String line) throws UsageException {
    record = line;
    fields = TreePVector.from(split(line, separator()));
  }

  /// Cuts text at a separator: blanks, one character or a regular expression.
  static List<String> split(String text, String separator) throws UsageException {
    if (separator.equals(" ")) {
      String bare = text.strip();
      return bare.isEmpty() ? List.of() : List.of(bare.split("[ \\t\\n]+"));
    }
    if (text.isEmpty()) {
      return List.of();
    }
    if (separator.isEmpty()) {
      return text.chars().mapToObj(Character::toString).toList();
    }
    if (separator.length() == 1 && !separator.equals("\\")) {
      return List.of(text.split(java.util.regex.Pattern.quote(separator), -1));
    }
    var parts = new java.util.ArrayList<String>();
    var matcher = Regex.compile(separator, true, false).matcher(text);
    int at = 0;
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        parts.add(text.substring(at, matcher.start()));
        at = matcher.end();
      }
    }
    parts.add(text.substring(at));
    return parts;
  }

  AwkValue field(int index) {
    if (index == 0) {
      return new AwkValue.Input(record);
    }
    return index > 0 && index <= fields.size()
        ? new AwkValue.Input(fields.get(index - 1))
        : new AwkValue.Unset();
  }

  void setField(int index, String text) throws UsageException {
    step();
    if (index == 0) {
      setRecord(text);
      return;
    }
    if (index < 0 || index > 10_000) {
      throw new UsageException("cmd. line:1: Access to negative field");
    }
    while (fields.size() < index) {
      fields = fields.plus("");
    }
    fields = fields.with(index - 1, text);
    join();
  }

  private void join() {
    AwkValue separator = variables.get("OFS");
    record = String.join(separator == null ? " " : separator.text(), fields);
  }

  private String real(String name) {
    String real = aliases.get(name);
    return real == null ? name : real;
  }

  PMap<String, AwkValue> array(String name) {
    PMap<String, AwkValue> found = arrays.get(real(name));
    return found == null ? TreePMap.empty() : found;
  }

  void setArray(String name, PMap<String, AwkValue> array) {
    step();
    arrays = arrays.plus(real(name), array);
  }

  void setElement(String name, String key, AwkValue value) {
    bytes += key.length() + size(value) - size(array(name).get(key));
    setArray(name, array(name).plus(key, value));
  }

  String alias(String name) {
    return real(name);
  }

  /// Keys in an order that is pleasant to read: numbers first, ascending.
  List<String> keys(String name) {
    Set<String> keys = new HashSet<>(array(name).keySet());
    return keys.stream()
        .sorted(
            java.util.Comparator.<String>comparingDouble(
                    k -> k.matches("-?[0-9]{1,15}") ? Double.parseDouble(k) : Double.MAX_VALUE)
                .thenComparing(k -> k))
        .toList();
  }
}
