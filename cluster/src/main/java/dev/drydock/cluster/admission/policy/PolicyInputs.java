package dev.drydock.cluster.admission.policy;

import dev.cel.common.values.NullValue;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.apimachinery.cel.Values;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the expressions of a policy read. Models CreateAdmissionRequest and CreateNamespaceObject
/// of apiserver/pkg/admission/plugin/cel.
final class PolicyInputs {
  private PolicyInputs() {}

  /// All but the parameter.
  static Map<String, Object> of(
      JsonObject object, AdmissionRequest request, Authorizer authorizer) {
    boolean deletes = request.operation() == Operation.DELETE;
    AuthorizationCheck check = AuthorizationCheck.of(authorizer, request);
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("object", value(deletes ? null : object));
    inputs.put("oldObject", value(request.old()));
    inputs.put("request", Values.map(request(request)));
    inputs.put("namespaceObject", value(namespace(request)));
    inputs.put("authorizer", check);
    inputs.put("authorizer.requestResource", check.about(request));
    return inputs;
  }

  static Map<String, Object> withParameter(
      Map<String, Object> inputs, @Nullable JsonObject parameter) {
    Map<String, Object> all = new HashMap<>(inputs);
    all.put("params", value(parameter));
    return all;
  }

  private static Object value(@Nullable JsonObject object) {
    return object == null ? NullValue.NULL_VALUE : Values.map(object);
  }

  private static @Nullable JsonObject namespace(AdmissionRequest request) {
    if (request.namespace().isEmpty() || request.resource().groupResource().equals("namespaces")) {
      return null;
    }
    return request
        .find("namespaces", "", request.namespace())
        .map(
            namespace ->
                ObjectMeta.without(
                    ObjectMeta.without(namespace, "managedFields"), "ownerReferences"))
        .orElse(null);
  }

  private static JsonObject request(AdmissionRequest request) {
    JsonObject kind = kind(request.kind());
    JsonObject resource = resource(request.resource());
    return JsonObject.builder()
        .put("uid", "")
        .put("kind", kind)
        .put("resource", resource)
        .putUnlessEmpty("subResource", request.subresource())
        .put("requestKind", kind)
        .put("requestResource", resource)
        .putUnlessEmpty("requestSubResource", request.subresource())
        .putUnlessEmpty("name", request.name())
        .putUnlessEmpty("namespace", request.namespace())
        .put("operation", request.operation().name())
        .put("userInfo", user(request.user()))
        .put("dryRun", request.dryRun())
        .put("options", JsonObject.EMPTY)
        .build();
  }

  private static JsonObject kind(GroupVersionKind kind) {
    return JsonObject.builder()
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind())
        .build();
  }

  private static JsonObject resource(GroupVersionResource resource) {
    return JsonObject.builder()
        .put("group", resource.group())
        .put("version", resource.version())
        .put("resource", resource.resource())
        .build();
  }

  private static JsonObject user(UserInfo user) {
    JsonObject.Builder extra = JsonObject.builder();
    user.extra().forEach((name, values) -> extra.put(name, JsonArray.ofStrings(values)));
    return JsonObject.builder()
        .putUnlessEmpty("username", user.name())
        .putUnlessEmpty("uid", user.uid())
        .put("groups", JsonArray.ofStrings(user.groups()))
        .put("extra", extra.build())
        .build();
  }
}
