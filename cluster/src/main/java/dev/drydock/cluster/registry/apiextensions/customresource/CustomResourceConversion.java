package dev.drydock.cluster.registry.apiextensions.customresource;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.structural.DefaultValues;
import dev.drydock.cluster.apimachinery.structural.StructuralSchema;
import dev.drydock.cluster.registry.rest.Conversion;

/// The conversion strategy `None`: versions differ by their name alone. What is read gets the
/// defaults of the version it is read in. Models conversion.nopConverter.
record CustomResourceConversion(String apiVersion, String storedApiVersion, StructuralSchema schema)
    implements Conversion {

  @Override
  public JsonObject toStored(JsonObject object) {
    return object.with("apiVersion", storedApiVersion);
  }

  @Override
  public JsonObject fromStored(JsonObject object) {
    return DefaultValues.fillIn(schema, object).with("apiVersion", apiVersion);
  }
}
