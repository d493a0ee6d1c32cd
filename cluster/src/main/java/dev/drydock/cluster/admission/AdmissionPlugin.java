package dev.drydock.cluster.admission;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Looks at a request that would change the cluster; may change the object (`admit`), then all
/// plugins may refuse it (`validate`) by throwing a StatusException. Models
/// apiserver/pkg/admission.
public interface AdmissionPlugin {

  default JsonObject admit(JsonObject object, AdmissionRequest request) {
    return object;
  }

  default void validate(JsonObject object, AdmissionRequest request) {}
}
