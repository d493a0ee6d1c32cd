package dev.drydock.cluster.admission;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Looks at a request that would change the cluster; may change the object (`admit`), then all
/// plugins may refuse it (`validate`) by throwing a StatusException. Models
/// apiserver/pkg/admission.
public interface AdmissionPlugin {

  /// Whether requests for a resource concern it; asked once for each resource, so that a plugin
  /// costs nothing where it has nothing to say.
  ///
  /// @param groupResource as `pods` or `deployments.apps`
  default boolean handles(String groupResource) {
    return true;
  }

  default JsonObject admit(JsonObject object, AdmissionRequest request) {
    return object;
  }

  default void validate(JsonObject object, AdmissionRequest request) {}
}
