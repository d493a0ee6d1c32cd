package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// How the objects of one version of a resource differ from what is stored. Models
/// runtime.ObjectConvertor.
public interface Conversion {
  /// For the version that is stored.
  Conversion NONE =
      new Conversion() {
        @Override
        public JsonObject toStored(JsonObject object) {
          return object;
        }

        @Override
        public JsonObject fromStored(JsonObject object) {
          return object;
        }
      };

  /// An object a client sent, as it is stored.
  JsonObject toStored(JsonObject object);

  /// A stored object as clients of this version see it.
  JsonObject fromStored(JsonObject object);
}
