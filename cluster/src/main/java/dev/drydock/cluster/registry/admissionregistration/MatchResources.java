package dev.drydock.cluster.registry.admissionregistration;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.registry.rest.Defaulting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which requests a policy or a binding is about: its defaults and its rules. Models
/// validateMatchResources of pkg/apis/admissionregistration/validation.
public final class MatchResources {
  private static final ImmutableList<String> OPERATIONS =
      ImmutableList.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
  private static final ImmutableList<String> SCOPES =
      ImmutableList.of("*", "Cluster", "Namespaced");
  private static final ImmutableList<String> POLICIES = ImmutableList.of("Equivalent", "Exact");

  private MatchResources() {}

  public static JsonObject withDefaults(JsonObject match) {
    JsonObject changed = Defaulting.value(match, "matchPolicy", "Equivalent");
    changed = Defaulting.pointer(changed, "namespaceSelector", JsonObject.EMPTY);
    changed = Defaulting.pointer(changed, "objectSelector", JsonObject.EMPTY);
    for (String rules : new String[] {"resourceRules", "excludeResourceRules"}) {
      changed = Defaulting.each(changed, rules, rule -> Defaulting.value(rule, "scope", "*"));
    }
    return changed;
  }

  public static void validate(JsonObject match, FieldPath path, FieldErrors errors) {
    String policy = match.string("matchPolicy");
    if (!POLICIES.contains(policy)) {
      errors.notSupported(path.child("matchPolicy"), policy, POLICIES);
    }
    for (String selector : new String[] {"namespaceSelector", "objectSelector"}) {
      LabelSelectorValidation.validate(match.object(selector), path.child(selector), errors);
    }
    for (String rules : new String[] {"resourceRules", "excludeResourceRules"}) {
      Elements.each(
          match.array(rules), path.child(rules), (rule, at) -> validateRule(rule, at, errors));
    }
  }

  /// One rule about resources, as policies and webhooks have them.
  public static void validateRule(JsonObject rule, FieldPath path, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.eachString(
        rule.array("resourceNames"),
        path.child("resourceNames"),
        (name, at) -> {
          errors.invalid(at, name, Formats.pathSegment(name));
          if (!names.add(name)) {
            errors.duplicate(at, Json.of(name));
          }
        });
    JsonArray operations = rule.array("operations");
    validateList(operations, path.child("operations"), "operations", errors);
    Elements.eachString(
        operations,
        path.child("operations"),
        (operation, at) -> {
          if (!OPERATIONS.contains(operation)) {
            errors.notSupported(at, operation, OPERATIONS);
          }
        });
    validateList(rule.array("apiGroups"), path.child("apiGroups"), "API groups", errors);
    validateList(rule.array("apiVersions"), path.child("apiVersions"), "API versions", errors);
    Elements.eachString(
        rule.array("apiVersions"),
        path.child("apiVersions"),
        (version, at) -> {
          if (version.isEmpty()) {
            errors.required(at, "");
          }
        });
    validateResources(rule.array("resources"), path.child("resources"), errors);
    if (!SCOPES.contains(rule.string("scope"))) {
      errors.notSupported(path.child("scope"), rule.string("scope"), SCOPES);
    }
  }

  private static void validateList(
      JsonArray list, FieldPath path, String others, FieldErrors errors) {
    if (list.isEmpty()) {
      errors.required(path, "");
    } else if (list.size() > 1 && list.strings().anyMatch("*"::equals)) {
      errors.invalid(path, list, "if '*' is present, must not specify other " + others);
    }
  }

  private static void validateResources(JsonArray resources, FieldPath path, FieldErrors errors) {
    List<String> all = resources.strings().toList();
    if (all.isEmpty()) {
      errors.required(path, "");
    }
    if (all.size() > 1 && all.contains("*/*")) {
      errors.invalid(path, resources, "if '*/*' is present, must not specify other resources");
    }
    Elements.eachString(
        resources,
        path,
        (resource, at) -> {
          if (resource.isEmpty()) {
            errors.required(at, "");
          } else if (resource.startsWith("/")) {
            errors.invalid(at, resource, "must specify resource before '/'");
          } else if (isCovered(resource, all)) {
            String wider =
                resource.contains("/")
                    ? all.contains("*/" + after(resource))
                        ? "*/" + after(resource)
                        : before(resource) + "/*"
                    : "*";
            errors.invalid(
                at,
                resource,
                resource.contains("/")
                    ? "if '%s' is present, must not specify %s".formatted(wider, resource)
                    : "if '*' is present, must not specify other resources without subresources");
          }
        });
  }

  private static boolean isCovered(String resource, List<String> all) {
    if (!resource.contains("/")) {
      return !resource.equals("*") && all.contains("*");
    }
    boolean wildResource = before(resource).equals("*");
    boolean wildSubresource = after(resource).equals("*");
    return !wildSubresource && all.contains(before(resource) + "/*")
        || !wildResource && all.contains("*/" + after(resource));
  }

  private static String before(String resource) {
    return resource.substring(0, resource.indexOf('/'));
  }

  private static String after(String resource) {
    return resource.substring(resource.indexOf('/') + 1);
  }
}
