package dev.drydock.cluster.apimachinery.patch;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a JSON patch does to one object or array, by the last step of a pointer.
final class Containers {

  /// A step that the container does not have.
  static final class Refused extends Exception {
    Refused(String message) {
      super(message, null, false, false);
    }
  }

  private Containers() {}

  /// Null for a field that is not there.
  static @Nullable Json get(Json container, String key) throws Refused {
    return switch (container) {
      case JsonObject object -> object.get(key);
      case JsonArray array -> array.get(existing(array, key));
      default -> null;
    };
  }

  static Json add(Json container, String key, Json value) throws Refused {
    return switch (container) {
      case JsonObject object -> object.with(key, value);
      case JsonArray array -> inserted(array, place(array, key), value);
      default -> throw new IllegalArgumentException(container.goKind());
    };
  }

  static Json replace(Json container, String key, Json value) throws Refused {
    return switch (container) {
      case JsonObject object -> object.with(key, value);
      case JsonArray array -> replaced(array, existing(array, key), value);
      default -> throw new IllegalArgumentException(container.goKind());
    };
  }

  static Json remove(Json container, String key) throws Refused {
    return switch (container) {
      case JsonObject object -> {
        if (!object.has(key)) {
          throw new Refused("Unable to remove nonexistent key: " + key + ": missing value");
        }
        yield object.without(key);
      }
      case JsonArray array -> removed(array, existing(array, key));
      default -> throw new IllegalArgumentException(container.goKind());
    };
  }

  /// A negative index counts from the end.
  private static int existing(JsonArray array, String key) throws Refused {
    int index = integer(key, "");
    if (index >= array.size() || index < -array.size()) {
      throw invalid(index);
    }
    return index < 0 ? index + array.size() : index;
  }

  private static int place(JsonArray array, String key) throws Refused {
    if (key.equals("-")) {
      return array.size();
    }
    int index = integer(key, "value was not a proper array index: '" + key + "': ");
    int places = array.size() + 1;
    if (index >= places || index < -places) {
      throw invalid(index);
    }
    return index < 0 ? index + places : index;
  }

  private static Refused invalid(int index) {
    return new Refused("Unable to access invalid index: " + index + ": invalid index referenced");
  }

  private static int integer(String key, String prefix) throws Refused {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw new Refused(prefix + "strconv.Atoi: parsing \"" + key + "\": invalid syntax");
    }
  }

  private static JsonArray inserted(JsonArray array, int index, Json value) {
    List<Json> items = new ArrayList<>(array.items());
    items.add(index, value);
    return new JsonArray(ImmutableList.copyOf(items));
  }

  private static JsonArray replaced(JsonArray array, int index, Json value) {
    List<Json> items = new ArrayList<>(array.items());
    items.set(index, value);
    return new JsonArray(ImmutableList.copyOf(items));
  }

  private static JsonArray removed(JsonArray array, int index) {
    List<Json> items = new ArrayList<>(array.items());
    items.remove(index);
    return new JsonArray(ImmutableList.copyOf(items));
  }
}
