package dev.drydock.cluster.apiserver.openapi;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import java.util.List;

/// Writes the paths of a group version: the operations on each resource, with what kubectl looks
/// for in them. It asks the patch operation which query parameters and kinds of patch there are.
///
/// Responses and the parameters of other operations are left out.
final class PathsWriter {
  private static final ImmutableList<String> WRITE_PARAMETERS =
      ImmutableList.of("dryRun", "fieldManager", "fieldValidation");
  private static final ImmutableList<String> PATCH_TYPES =
      ImmutableList.of(
          "application/apply-patch+yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json");
  private static final ImmutableList<String> CUSTOM_PATCH_TYPES = PATCH_TYPES.subList(0, 3);

  private final ImmutableList<String> patchTypes;

  private PathsWriter(ImmutableList<String> patchTypes) {
    this.patchTypes = patchTypes;
  }

  static JsonObject paths(ResourceTable table, GroupVersion groupVersion) {
    return new PathsWriter(PATCH_TYPES).all(table, groupVersion);
  }

  /// The paths of custom resources, which no strategic merge patch can change.
  static JsonObject customPaths(ResourceTable table, GroupVersion groupVersion) {
    return new PathsWriter(CUSTOM_PATCH_TYPES).all(table, groupVersion);
  }

  private JsonObject all(ResourceTable table, GroupVersion groupVersion) {
    JsonObject.Builder paths = JsonObject.builder();
    for (ApiResource resource : table.of(groupVersion)) {
      String scope = resource.namespaced() ? "/namespaces/{namespace}" : "";
      String collection = groupVersion.path() + scope + "/" + resource.plural();
      paths.putUnlessEmpty(collection, collection(resource));
      paths.putUnlessEmpty(
          collection + "/{name}", item(resource.verbs(), resource.groupVersionKind()));
      resource
          .subresources()
          .forEach(
              sub ->
                  paths.putUnlessEmpty(
                      collection + "/{name}/" + sub.name(), subresource(sub.verbs(), sub.kind())));
    }
    return paths.build();
  }

  private static JsonObject collection(ApiResource resource) {
    GroupVersionKind kind = resource.groupVersionKind();
    JsonObject.Builder operations = JsonObject.builder();
    if (resource.allows("list")) {
      operations.put("get", operation("list", kind, List.of()));
    }
    if (resource.allows("create")) {
      operations.put("post", operation("post", kind, WRITE_PARAMETERS));
    }
    return operations.build();
  }

  private JsonObject item(List<String> verbs, GroupVersionKind kind) {
    JsonObject.Builder operations = JsonObject.builder();
    if (verbs.contains("get")) {
      operations.put("get", operation("get", kind, List.of()));
    }
    if (verbs.contains("update")) {
      operations.put("put", operation("put", kind, WRITE_PARAMETERS));
    }
    if (verbs.contains("patch")) {
      operations.put("patch", patch(kind));
    }
    if (verbs.contains("delete")) {
      operations.put("delete", operation("delete", kind, List.of("dryRun")));
    }
    return operations.build();
  }

  private JsonObject subresource(List<String> verbs, GroupVersionKind kind) {
    return verbs.contains("create")
        ? item(verbs, kind).with("post", operation("post", kind, WRITE_PARAMETERS))
        : item(verbs, kind);
  }

  private JsonObject patch(GroupVersionKind kind) {
    JsonObject.Builder content = JsonObject.builder();
    for (String type : patchTypes) {
      content.put(
          type,
          JsonObject.of(
              "schema", Dialect.V3.reference("io.k8s.apimachinery.pkg.apis.meta.v1.Patch")));
    }
    return operation(
            "patch",
            kind,
            ImmutableList.<String>builder().addAll(WRITE_PARAMETERS).add("force").build())
        .with("requestBody", JsonObject.of("content", content.build()));
  }

  private static JsonObject operation(
      String action, GroupVersionKind kind, List<String> parameters) {
    return JsonObject.builder()
        .putUnlessEmpty(
            "parameters",
            JsonArray.copyOf(parameters.stream().map(PathsWriter::parameter).toList()))
        .put("responses", JsonObject.of("200", JsonObject.of("description", Json.of("OK"))))
        .put("x-kubernetes-action", action)
        .put("x-kubernetes-group-version-kind", SchemaWriter.kind(kind))
        .build();
  }

  private static Json parameter(String name) {
    String type = name.equals("force") ? "boolean" : "string";
    return JsonObject.builder()
        .put("name", name)
        .put("in", "query")
        .put("schema", SchemaWriter.typed(type, ""))
        .build();
  }
}
