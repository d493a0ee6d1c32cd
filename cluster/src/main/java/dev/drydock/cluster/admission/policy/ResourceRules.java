package dev.drydock.cluster.admission.policy;

import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import java.util.Objects;

/// Which requests a policy, a binding or a webhook is about. Models
/// apiserver/pkg/admission/plugin/policy/matching and webhook/predicates.
final class ResourceRules {
  private ResourceRules() {}

  /// @param constraints `matchConstraints` or `matchResources`
  /// @param object the object as it would be; for a deletion as it is
  static boolean match(JsonObject constraints, JsonObject object, AdmissionRequest request) {
    boolean exact = constraints.string("matchPolicy").equals("Exact");
    JsonArray rules = constraints.array("resourceRules");
    return !anyMatches(constraints.array("excludeResourceRules"), exact, request)
        && (rules.isEmpty() || anyMatches(rules, exact, request))
        && matchesNamespace(constraints.object("namespaceSelector"), object, request)
        && matchesObject(constraints.object("objectSelector"), object, request);
  }

  private static boolean anyMatches(JsonArray rules, boolean exact, AdmissionRequest request) {
    return rules.objects().anyMatch(rule -> matches(rule, exact, request));
  }

  /// @param exact whether the version of the API counts
  static boolean matches(JsonObject rule, boolean exact, AdmissionRequest request) {
    GroupVersionResource resource = request.resource();
    return isIn(rule.array("operations"), request.operation().name())
        && isIn(rule.array("apiGroups"), resource.group())
        && (!exact || isIn(rule.array("apiVersions"), resource.version()))
        && matchesScope(rule.string("scope"), request)
        && rule.array("resources")
            .strings()
            .anyMatch(pattern -> matches(pattern, resource.resource(), request.subresource()))
        && (rule.array("resourceNames").isEmpty()
            || rule.array("resourceNames").strings().anyMatch(request.name()::equals));
  }

  private static boolean isIn(JsonArray allowed, String value) {
    return allowed.strings().anyMatch(one -> one.equals("*") || one.equals(value));
  }

  private static boolean matchesScope(String scope, AdmissionRequest request) {
    boolean namespaced = !request.namespace().isEmpty() && !isNamespace(request);
    return switch (scope) {
      case "Namespaced" -> namespaced;
      case "Cluster" -> !namespaced;
      default -> true;
    };
  }

  private static boolean isNamespace(AdmissionRequest request) {
    return request.resource().groupResource().equals("namespaces");
  }

  private static boolean matches(String pattern, String resource, String subresource) {
    int slash = pattern.indexOf('/');
    String wanted = slash < 0 ? pattern : pattern.substring(0, slash);
    String wantedSub = slash < 0 ? "" : pattern.substring(slash + 1);
    return (wanted.equals("*") || wanted.equals(resource))
        && (wantedSub.equals("*") || wantedSub.equals(subresource));
  }

  private static boolean matchesNamespace(
      JsonObject selector, JsonObject object, AdmissionRequest request) {
    Selector parsed = Selector.ofLabelSelector(selector);
    if (parsed.isEverything()) {
      return true;
    }
    if (isNamespace(request)) {
      return parsed.matches(ObjectMeta.labels(object));
    }
    return request.namespace().isEmpty()
        || request
            .find("namespaces", "", request.namespace())
            .filter(namespace -> parsed.matches(ObjectMeta.labels(namespace)))
            .isPresent();
  }

  private static boolean matchesObject(
      JsonObject selector, JsonObject object, AdmissionRequest request) {
    Selector parsed = Selector.ofLabelSelector(selector);
    return parsed.isEverything()
        || parsed.matches(ObjectMeta.labels(object))
        || parsed.matches(
            ObjectMeta.labels(Objects.requireNonNullElse(request.old(), JsonObject.EMPTY)));
  }
}
