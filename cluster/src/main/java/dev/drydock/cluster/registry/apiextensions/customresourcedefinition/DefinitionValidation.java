package dev.drydock.cluster.registry.apiextensions.customresourcedefinition;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.jsonpath.JsonPath;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is wrong with a definition. Models
/// apiextensions-apiserver/pkg/apis/apiextensions/validation.
final class DefinitionValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableSet<String> COLUMN_TYPES =
      ImmutableSet.of("integer", "number", "string", "boolean", "date");
  private static final ImmutableSet<String> COLUMN_FORMATS =
      ImmutableSet.of("int32", "int64", "float", "double", "byte", "date", "date-time", "password");
  private static final int SELECTABLE_MAX = 8;

  private DefinitionValidation() {}

  static void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    String plural = spec.string("names", "plural");
    String group = spec.string("group");
    String wanted = plural + "." + group;
    if (!ObjectMeta.name(object).equals(wanted)) {
      errors.invalid(
          FieldPath.of("metadata").child("name"),
          ObjectMeta.name(object),
          "must be spec.names.plural+\".\"+spec.group");
    }
    group(object, group, errors);
    String scope = spec.string("scope");
    if (scope.isEmpty()) {
      errors.required(SPEC.child("scope"), "");
    } else if (!scope.equals("Cluster") && !scope.equals("Namespaced")) {
      errors.notSupported(SPEC.child("scope"), scope, List.of("Cluster", "Namespaced"));
    }
    versions(spec, errors);
    names(spec.object("names"), SPEC.child("names"), errors);
    conversion(spec.object("conversion"), errors);
    if (spec.bool("preserveUnknownFields")) {
      errors.invalid(
          SPEC.child("preserveUnknownFields"),
          Json.of(true),
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
              + " spec.versions[*].schema instead");
    }
  }

  private static void group(JsonObject object, String group, FieldErrors errors) {
    FieldPath path = SPEC.child("group");
    if (group.isEmpty()) {
      errors.required(path, "");
      return;
    }
    Names.dns1123Subdomain(group).forEach(wrong -> errors.invalid(path, group, wrong));
    if (!group.contains(".")) {
      errors.invalid(path, group, "should be a domain with at least one dot");
    }
    boolean reserved =
        group.endsWith(".k8s.io")
            || group.equals("k8s.io")
            || group.endsWith(".kubernetes.io")
            || group.equals("kubernetes.io");
    String approval = ObjectMeta.annotations(object).getOrDefault("api-approved.kubernetes.io", "");
    if (reserved && approval.isEmpty()) {
      errors.required(
          FieldPath.of("metadata").child("annotations").key("api-approved.kubernetes.io"),
          "protected groups must have approval annotation \"api-approved.kubernetes.io\", see"
              + " https://github.com/kubernetes/enhancements/pull/1111");
    }
  }

  private static void versions(JsonObject spec, FieldErrors errors) {
    List<JsonObject> versions = spec.array("versions").objects().toList();
    FieldPath path = SPEC.child("versions");
    Set<String> seen = new HashSet<>();
    boolean unique = true;
    long stored = 0;
    for (int i = 0; i < versions.size(); i++) {
      JsonObject version = versions.get(i);
      FieldPath at = path.index(i);
      String name = version.string("name");
      stored += version.bool("storage") ? 1 : 0;
      unique &= seen.add(name);
      Names.dns1035Label(name).forEach(wrong -> errors.invalid(at.child("name"), name, wrong));
      version(version, at, errors);
    }
    if (!unique) {
      errors.invalid(path, spec.array("versions"), "must contain unique version names");
    }
    if (versions.isEmpty()) {
      errors.invalid(
          path, Json.of("[]"), "must have exactly one version marked as storage version");
    } else if (stored != 1) {
      errors.invalid(
          path,
          dev.drydock.cluster.apimachinery.json.JsonArray.ofStrings(
              versions.stream().map(v -> v.string("name")).toList()),
          "must have exactly one version marked as storage version");
    }
  }

  private static void version(JsonObject version, FieldPath path, FieldErrors errors) {
    if (!version.object("schema").has("openAPIV3Schema")) {
      errors.required(path.child("schema").child("openAPIV3Schema"), "schemas are required");
    } else {
      SchemaDefinitionValidation.validate(
          version.object("schema", "openAPIV3Schema"),
          path.child("schema").child("openAPIV3Schema"),
          errors);
    }
    subresources(version.object("subresources"), path.child("subresources"), errors);
    columns(version, path.child("additionalPrinterColumns"), errors);
    List<JsonObject> selectable = version.array("selectableFields").objects().toList();
    if (selectable.size() > SELECTABLE_MAX) {
      errors.tooMany(path.child("selectableFields"), selectable.size(), SELECTABLE_MAX);
    }
    if (!version.bool("deprecated") && version.has("deprecationWarning")) {
      errors.invalid(
          path.child("deprecationWarning"),
          version.string("deprecationWarning"),
          "can only be set for deprecated versions");
    }
  }

  private static void subresources(JsonObject subresources, FieldPath path, FieldErrors errors) {
    if (!(subresources.get("scale") instanceof JsonObject scale)) {
      return;
    }
    FieldPath at = path.child("scale");
    scalePath(scale, "specReplicasPath", ".spec", true, at, errors);
    scalePath(scale, "statusReplicasPath", ".status", true, at, errors);
    scalePath(scale, "labelSelectorPath", ".status|.spec", false, at, errors);
  }

  private static void scalePath(
      JsonObject scale,
      String field,
      String below,
      boolean required,
      FieldPath path,
      FieldErrors errors) {
    String given = scale.string(field);
    if (given.isEmpty()) {
      if (required) {
        errors.required(path.child(field), "");
      }
      return;
    }
    if (!given.matches("(\\.[A-Za-z0-9_\\-]+)+")) {
      errors.invalid(
          path.child(field), given, "must be a simple json path, array indexes are not allowed");
    } else if (!given.matches("(" + below.replace(".", "\\.") + ")\\..+")) {
      errors.invalid(
          path.child(field), given, "should be a json path under " + below.replace("|", " or "));
    }
  }

  private static void columns(JsonObject version, FieldPath path, FieldErrors errors) {
    List<JsonObject> columns = version.array("additionalPrinterColumns").objects().toList();
    for (int i = 0; i < columns.size(); i++) {
      JsonObject column = columns.get(i);
      FieldPath at = path.index(i);
      if (column.string("name").isEmpty()) {
        errors.required(at.child("name"), "");
      }
      String type = column.string("type");
      if (type.isEmpty()) {
        errors.required(
            at.child("type"), "must be one of " + String.join(",", sorted(COLUMN_TYPES)));
      } else if (!COLUMN_TYPES.contains(type)) {
        errors.invalid(
            at.child("type"), type, "must be one of " + String.join(",", sorted(COLUMN_TYPES)));
      }
      String format = column.string("format");
      if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
        errors.invalid(
            at.child("format"),
            format,
            "must be one of " + String.join(",", sorted(COLUMN_FORMATS)));
      }
      jsonPath(column.string("jsonPath"), at.child("jsonPath"), errors);
    }
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private static void jsonPath(String text, FieldPath path, FieldErrors errors) {
    if (text.isEmpty()) {
      errors.required(path, "");
      return;
    }
    if (!text.startsWith(".")) {
      errors.invalid(path, text, "must be a simple json path starting with .");
      return;
    }
    try {
      var _ = JsonPath.parse(text);
    } catch (JsonPath.Malformed e) {
      errors.invalid(path, text, "is an invalid JSONPath: " + e.getMessage());
    }
  }

  private static void names(JsonObject names, FieldPath path, FieldErrors errors) {
    label(names.string("plural"), path.child("plural"), errors);
    label(names.string("singular"), path.child("singular"), errors);
    label(names.string("kind").toLowerCase(Locale.ROOT), path.child("kind"), errors);
    label(names.string("listKind").toLowerCase(Locale.ROOT), path.child("listKind"), errors);
    if (!names.string("kind").isEmpty() && names.string("kind").equals(names.string("listKind"))) {
      errors.invalid(
          path.child("listKind"),
          names.string("listKind"),
          "kind and listKind may not be the same");
    }
    for (String list : new String[] {"shortNames", "categories"}) {
      List<String> words = new ArrayList<>(names.array(list).strings().toList());
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        FieldPath at = path.child(list).index(i);
        Names.dns1035Label(word).forEach(wrong -> errors.invalid(at, word, wrong));
      }
    }
  }

  private static void label(String name, FieldPath path, FieldErrors errors) {
    if (name.isEmpty()) {
      errors.required(path, "");
    } else {
      Names.dns1035Label(name).forEach(wrong -> errors.invalid(path, name, wrong));
    }
  }

  /// Webhooks cannot be called from a cluster that has no network outside itself.
  private static void conversion(JsonObject conversion, FieldErrors errors) {
    String strategy = conversion.string("strategy");
    FieldPath path = SPEC.child("conversion");
    if (!strategy.equals("None") && !strategy.equals("Webhook")) {
      errors.notSupported(path.child("strategy"), strategy, List.of("None", "Webhook"));
    }
    if (strategy.equals("Webhook") && !conversion.object("webhook").has("clientConfig")) {
      errors.required(
          path.child("webhookClientConfig"), "required when strategy is set to Webhook");
    }
    if (strategy.equals("None") && conversion.has("webhook")) {
      errors.forbidden(
          path.child("webhook"), "should not be set when strategy is not set to Webhook");
    }
  }

  /// What an established definition may not change any more.
  static void unchanged(JsonObject object, JsonObject old, FieldErrors errors) {
    String[][] fixed = {{"group"}, {"names", "plural"}};
    for (String[] field : fixed) {
      immutable(object, old, field, errors);
    }
    if (Definitions.is(old, "Established")) {
      immutable(object, old, new String[] {"scope"}, errors);
      immutable(object, old, new String[] {"names", "kind"}, errors);
    }
  }

  private static void immutable(
      JsonObject object, JsonObject old, String[] field, FieldErrors errors) {
    String now = object.object("spec").string(field);
    if (!now.equals(old.object("spec").string(field))) {
      FieldPath path = SPEC;
      for (String step : field) {
        path = path.child(step);
      }
      errors.invalid(path, now, "field is immutable");
    }
  }
}
