package dev.drydock.cluster.apimachinery.patch;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.patch.PatchException.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON patch, RFC 6902, with the leniencies and messages of the library that kube-apiserver uses:
/// `replace` also adds a field, a negative index counts from the end.
///
/// Models evanphx/json-patch v4.
public final class JsonPatch {
  private static final int OPERATIONS_MAX = 10_000;

  /// As many bytes as the copies of one patch may add.
  private static final int COPIED_BYTES_MAX = 3 << 20;

  private static final String MISSING = ": missing value";

  private record Operation(String op, @Nullable String path, @Nullable String from, Json value) {}

  /// Where a pointer leads: the containers' steps, and the name or index in the last of them.
  private record Target(List<String> parent, String key) {}

  private Json document;
  private long copiedBytes;

  private JsonPatch(Json document) {
    this.document = document;
  }

  public static JsonObject apply(JsonObject target, Json patch) throws PatchException {
    ImmutableList<Operation> operations = operations(patch);
    if (operations.size() > OPERATIONS_MAX) {
      throw new PatchException(
          Answer.TOO_LARGE,
          "The allowed maximum operations in a JSON patch is %d, got %d"
              .formatted(OPERATIONS_MAX, operations.size()));
    }
    JsonPatch run = new JsonPatch(target);
    for (Operation operation : operations) {
      run.apply(operation);
    }
    if (run.document instanceof JsonObject object) {
      return object;
    }
    throw unprocessable(
        "json: cannot unmarshal " + run.document.goKind() + " into Go value of type object");
  }

  private static ImmutableList<Operation> operations(Json patch) throws PatchException {
    if (!(patch instanceof JsonArray array)) {
      throw notUnmarshalled(patch, "jsonpatch.Patch");
    }
    ImmutableList.Builder<Operation> operations = ImmutableList.builder();
    for (Json item : array) {
      if (!(item instanceof JsonObject object)) {
        throw notUnmarshalled(item, "jsonpatch.Operation");
      }
      Json value = object.get("value");
      operations.add(
          new Operation(
              object.optionalString("op").orElse("unknown"),
              text(object, "path"),
              text(object, "from"),
              value == null ? JsonNull.NULL : value));
    }
    return operations.build();
  }

  private static PatchException notUnmarshalled(Json json, String type) {
    return new PatchException(
        Answer.BAD_REQUEST,
        "json: cannot unmarshal " + json.goKind() + " into Go value of type " + type);
  }

  private static @Nullable String text(JsonObject object, String field) {
    return object.get(field) instanceof JsonString(String text) ? text : null;
  }

  private void apply(Operation operation) throws PatchException {
    switch (operation.op()) {
      case "add" -> add(path(operation, "add"), operation.value());
      case "remove" -> remove(path(operation, "remove"));
      case "replace" -> replace(path(operation, "replace"), operation.value());
      case "move" -> move(from(operation, "move"), path(operation, "move"));
      case "copy" -> copy(from(operation, "copy"), path(operation, "copy"));
      case "test" -> test(path(operation, "test"), operation.value());
      default -> throw unprocessable("Unexpected kind: " + operation.op());
    }
  }

  private static String path(Operation operation, String op) throws PatchException {
    if (operation.path() == null) {
      throw unprocessable(op + " operation failed to decode path" + MISSING);
    }
    return operation.path();
  }

  private static String from(Operation operation, String op) throws PatchException {
    if (operation.from() == null) {
      throw unprocessable(op + " operation failed to decode from" + MISSING);
    }
    return operation.from();
  }

  private void add(String path, Json value) throws PatchException {
    Target target =
        target(path, "add operation does not apply: doc is missing path: \"" + path + "\"");
    try {
      put(target, Containers.add(container(target), target.key(), value));
    } catch (Containers.Refused e) {
      throw unprocessable("error in add for path: '" + path + "': " + e.getMessage());
    }
  }

  private void remove(String path) throws PatchException {
    Target target =
        target(path, "remove operation does not apply: doc is missing path: \"" + path + "\"");
    try {
      put(target, Containers.remove(container(target), target.key()));
    } catch (Containers.Refused e) {
      throw unprocessable("error in remove for path: '" + path + "': " + e.getMessage());
    }
  }

  private void replace(String path, Json value) throws PatchException {
    if (path.isEmpty()) {
      document = value;
      return;
    }
    Target target = target(path, "replace operation does not apply: doc is missing path: " + path);
    try {
      put(target, Containers.replace(container(target), target.key(), value));
    } catch (Containers.Refused e) {
      throw unprocessable(
          "replace operation does not apply: doc is missing key: " + path + MISSING);
    }
  }

  private void move(String from, String path) throws PatchException {
    Target source =
        target(from, "move operation does not apply: doc is missing from path: " + from);
    try {
      Json value = Containers.get(container(source), source.key());
      put(source, Containers.remove(container(source), source.key()));
      Target target =
          target(path, "move operation does not apply: doc is missing destination path: " + path);
      put(
          target,
          Containers.add(container(target), target.key(), value == null ? JsonNull.NULL : value));
    } catch (Containers.Refused e) {
      throw unprocessable("error in move for path: '" + source.key() + "': " + e.getMessage());
    }
  }

  private void copy(String from, String path) throws PatchException {
    Target source =
        target(from, "copy operation does not apply: doc is missing from path: " + from);
    try {
      Json value = Containers.get(container(source), source.key());
      Target target =
          target(path, "copy operation does not apply: doc is missing destination path: " + path);
      Json copied = value == null ? JsonNull.NULL : value;
      countCopied(copied);
      put(target, Containers.add(container(target), target.key(), copied));
    } catch (Containers.Refused e) {
      throw unprocessable("error while adding value during copy: " + e.getMessage());
    }
  }

  private void countCopied(Json copied) throws PatchException {
    copiedBytes += JsonWriter.bytes(copied).length;
    if (copiedBytes > COPIED_BYTES_MAX) {
      throw unprocessable(
          "Unable to complete the copy, the accumulated size increase of copy is %d, exceeding the limit %d"
              .formatted(copiedBytes, COPIED_BYTES_MAX));
    }
  }

  private void test(String path, Json expected) throws PatchException {
    Json actual = path.isEmpty() ? document : valueToTest(path);
    boolean same =
        actual == null ? expected instanceof JsonNull : JsonEquality.same(actual, expected);
    if (!same) {
      throw unprocessable("testing value " + path + " failed: test failed");
    }
  }

  private @Nullable Json valueToTest(String path) throws PatchException {
    Target target = target(path, "test operation does not apply: is missing path: " + path);
    try {
      return Containers.get(container(target), target.key());
    } catch (Containers.Refused e) {
      throw unprocessable("error in test for path: '" + path + "': " + e.getMessage());
    }
  }

  /// The first part of a pointer, before its first slash, is passed over, whatever it is.
  private Target target(String pointer, String problem) throws PatchException {
    List<String> parts =
        Splitter.on('/').splitToStream(pointer).skip(1).map(JsonPatch::unescaped).toList();
    if (parts.isEmpty() || find(parts.subList(0, parts.size() - 1)) == null) {
      throw unprocessable(problem + MISSING);
    }
    return new Target(parts.subList(0, parts.size() - 1), parts.getLast());
  }

  private static String unescaped(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }

  private Json container(Target target) {
    Json container = find(target.parent());
    return container == null ? JsonObject.EMPTY : container;
  }

  /// The object or array at the end of some steps; null where there is none.
  private @Nullable Json find(List<String> steps) {
    Json value = document;
    for (String step : steps) {
      try {
        value = value == null ? null : Containers.get(value, step);
      } catch (Containers.Refused e) {
        return null;
      }
    }
    return value instanceof JsonObject || value instanceof JsonArray ? value : null;
  }

  private void put(Target target, Json container) throws Containers.Refused {
    document = with(document, target.parent(), container);
  }

  private static Json with(Json value, List<String> steps, Json container)
      throws Containers.Refused {
    if (steps.isEmpty()) {
      return container;
    }
    Json below = Containers.get(value, steps.getFirst());
    Json changed =
        with(below == null ? JsonNull.NULL : below, steps.subList(1, steps.size()), container);
    return Containers.replace(value, steps.getFirst(), changed);
  }

  private static PatchException unprocessable(String message) {
    return new PatchException(Answer.UNPROCESSABLE, message);
  }
}
