package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import java.util.Optional;

/// The warnings that go with answers about deprecated resources. Models the APILifecycleDeprecated
/// methods of the API types.
final class Deprecations {
  private static final ImmutableMap<String, String> BY_RESOURCE =
      ImmutableMap.of(
          "componentstatuses",
          "v1 ComponentStatus is deprecated in v1.19+",
          "endpoints",
          "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

  private Deprecations() {}

  static Optional<String> of(ApiResource resource) {
    return Optional.ofNullable(BY_RESOURCE.get(resource.groupResource()));
  }
}
