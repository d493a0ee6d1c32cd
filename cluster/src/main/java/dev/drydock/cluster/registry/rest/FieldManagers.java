package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.time.Instant;

/// Keeps `metadata.managedFields`: who set which field. Models fieldmanager.FieldManager.
public interface FieldManagers {

  JsonObject created(JsonObject object, String manager, Instant now);

  JsonObject updated(
      JsonObject object, JsonObject old, String manager, String subresource, Instant now);
}
