package dev.drydock.server.cluster;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// An object as `kubectl get -o yaml` sets it: fields in alphabetical order, `managedFields` left
/// out.
public final class Yaml {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndent(2)
          .setWidth(Integer.MAX_VALUE)
          .build();

  private Yaml() {}

  public static String of(JsonObject object) {
    JsonObject shown = object.withObject("metadata", metadata -> metadata.without("managedFields"));
    return new Dump(SETTINGS).dumpToString(plain(shown));
  }

  private static @Nullable Object plain(Json value) {
    return switch (value) {
      case JsonObject(var fields) -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        new TreeMap<>(fields).forEach((name, field) -> map.put(name, plain(field)));
        yield map;
      }
      case JsonArray array -> array.items().stream().map(Yaml::plain).toList();
      case JsonString(String text) -> text;
      case JsonNumber(Number number) -> number;
      case JsonBoolean(boolean bool) -> bool;
      case JsonNull _ -> null;
    };
  }
}
