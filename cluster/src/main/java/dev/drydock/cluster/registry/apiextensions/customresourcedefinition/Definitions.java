package dev.drydock.cluster.registry.apiextensions.customresourcedefinition;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.ApiResource.Subresource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.structural.StructuralSchema;
import java.util.List;
import java.util.Optional;

/// Reads custom resource definitions: the resources they make, version by version. Models
/// apiextensions/v1 helpers.
public final class Definitions {
  public static final String RESOURCE = "customresourcedefinitions.apiextensions.k8s.io";
  public static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  private Definitions() {}

  /// Whether a condition is true.
  public static boolean is(JsonObject definition, String condition) {
    return definition
        .array("status", "conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(condition) && c.string("status").equals("True"));
  }

  /// The version whose form is stored.
  public static String storageVersion(JsonObject definition) {
    return versions(definition).stream()
        .filter(version -> version.bool("storage"))
        .findFirst()
        .map(version -> version.string("name"))
        .orElse("");
  }

  public static List<JsonObject> versions(JsonObject definition) {
    return definition.array("spec", "versions").objects().toList();
  }

  /// The served versions, the one that clients prefer first.
  public static List<JsonObject> served(JsonObject definition) {
    return versions(definition).stream()
        .filter(version -> version.bool("served"))
        .sorted((a, b) -> VersionOrder.compare(a.string("name"), b.string("name")))
        .toList();
  }

  /// Negative where the first version is preferred.
  public static int compareVersions(String a, String b) {
    return VersionOrder.compare(a, b);
  }

  public static StructuralSchema schema(JsonObject version) {
    return new StructuralSchema(version.object("schema", "openAPIV3Schema"));
  }

  /// The resource of one version, by the names the server accepted.
  public static ApiResource resource(JsonObject definition, JsonObject version) {
    JsonObject names = definition.object("status", "acceptedNames");
    GroupVersion groupVersion =
        new GroupVersion(definition.string("spec", "group"), version.string("name"));
    String kind = names.string("kind");
    ImmutableList.Builder<Subresource> subresources = ImmutableList.builder();
    ImmutableList<String> verbs = ImmutableList.of("get", "patch", "update");
    if (version.object("subresources").has("scale")) {
      subresources.add(
          new Subresource("scale", new GroupVersion("autoscaling", "v1").kind("Scale"), verbs));
    }
    if (version.object("subresources").has("status")) {
      subresources.add(new Subresource("status", groupVersion.kind(kind), verbs));
    }
    return new ApiResource(
        groupVersion,
        names.string("plural"),
        names.string("singular"),
        kind,
        definition.string("spec", "scope").equals("Namespaced"),
        VERBS,
        strings(names, "shortNames"),
        strings(names, "categories"),
        subresources.build());
  }

  /// In the order that discovery gives for custom resources.
  private static final ImmutableList<String> VERBS =
      ImmutableList.of(
          "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

  private static ImmutableList<String> strings(JsonObject names, String field) {
    return names.array(field).strings().collect(ImmutableList.toImmutableList());
  }

  /// The warning that goes with answers of a deprecated version.
  public static Optional<String> deprecation(JsonObject definition, JsonObject version) {
    if (!version.bool("deprecated")) {
      return Optional.empty();
    }
    String own = version.string("deprecationWarning");
    return Optional.of(
        own.isEmpty()
            ? "%s/%s %s is deprecated"
                .formatted(
                    definition.string("spec", "group"),
                    version.string("name"),
                    definition.string("spec", "names", "kind"))
            : own);
  }
}
