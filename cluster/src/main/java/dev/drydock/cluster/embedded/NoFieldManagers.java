package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.rest.FieldManagers;
import java.time.Instant;

/// Keeps no record of who set which field.
enum NoFieldManagers implements FieldManagers {
  INSTANCE;

  @Override
  public JsonObject created(JsonObject object, String manager, Instant now) {
    return object;
  }

  @Override
  public JsonObject updated(
      JsonObject object, JsonObject old, String manager, String subresource, Instant now) {
    return object;
  }
}
