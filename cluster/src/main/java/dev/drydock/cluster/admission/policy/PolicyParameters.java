package dev.drydock.cluster.admission.policy;

import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import java.util.List;
import java.util.Optional;

/// Finds the parameters of a policy that a binding points to. Models CollectParams of
/// apiserver/pkg/admission/plugin/policy/generic.
final class PolicyParameters {
  private PolicyParameters() {}

  /// A binding or a parameter that is not as it should be.
  static final class ConfigurationException extends Exception {
    ConfigurationException(String message) {
      super(message);
    }
  }

  /// @return one empty parameter for a policy without; none when there are none and that is fine
  static List<Optional<JsonObject>> of(
      JsonObject policy, JsonObject binding, AdmissionRequest request)
      throws ConfigurationException {
    JsonObject kind = policy.object("spec", "paramKind");
    JsonObject reference = binding.object("spec", "paramRef");
    if (kind.isEmpty() || reference.isEmpty()) {
      return List.of(Optional.empty());
    }
    String namespace = reference.string("namespace");
    Optional<ApiResource> resource = resource(kind);
    if (resource.isEmpty()) {
      throw new ConfigurationException(
          "failed to find resource referenced by paramKind: '%s, Kind=%s'"
              .formatted(kind.string("apiVersion"), kind.string("kind")));
    }
    boolean namespaced = resource.get().namespaced();
    if (namespaced && namespace.isEmpty() && request.namespace().isEmpty()) {
      throw new ConfigurationException(
          "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
    }
    if (!namespaced && !namespace.isEmpty()) {
      throw new ConfigurationException(
          "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
    }
    String within = !namespaced ? "" : namespace.isEmpty() ? request.namespace() : namespace;
    List<Optional<JsonObject>> found =
        found(resource.get().groupResource(), within, reference, request);
    if (found.isEmpty() && reference.string("parameterNotFoundAction").equals("Deny")) {
      throw new ConfigurationException(
          "no params found for policy binding with `Deny` parameterNotFoundAction");
    }
    return found;
  }

  private static Optional<ApiResource> resource(JsonObject kind) {
    GroupVersion version = GroupVersion.parse(kind.string("apiVersion"));
    return Optional.ofNullable(ResourceTable.builtIn().find(version.kind(kind.string("kind"))));
  }

  private static List<Optional<JsonObject>> found(
      String resource, String namespace, JsonObject reference, AdmissionRequest request) {
    String name = reference.string("name");
    if (!name.isEmpty()) {
      return request.find(resource, namespace, name).stream().map(Optional::of).toList();
    }
    Selector selector = Selector.ofLabelSelector(reference.object("selector"));
    return request
        .list(resource, namespace)
        .filter(parameter -> selector.matches(ObjectMeta.labels(parameter)))
        .map(Optional::of)
        .toList();
  }
}
