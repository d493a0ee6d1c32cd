package dev.drydock.cluster.apiserver.openapi;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.structural.StructuralType;
import dev.drydock.cluster.apiserver.openapi.OpenApi.Document;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The OpenAPI documents of custom resources: what their definitions say, with the fields that
/// every object has. Models apiextensions-apiserver/pkg/controller/openapiv3.
public final class CustomOpenApi {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String API_VERSION_TEXT =
      "APIVersion defines the versioned schema of this representation of an object.";
  private static final String KIND_TEXT =
      "Kind is a string value representing the REST resource this object represents.";

  private final ImmutableMap<GroupVersion, Document> documents;

  private CustomOpenApi(ImmutableMap<GroupVersion, Document> documents) {
    this.documents = documents;
  }

  /// @param stores of custom resources alone
  public static CustomOpenApi of(List<ResourceStore> stores) {
    Map<GroupVersion, List<ResourceStore>> byVersion =
        stores.stream()
            .collect(
                Collectors.groupingBy(
                    store -> store.resource().groupVersion(),
                    java.util.LinkedHashMap::new,
                    Collectors.toList()));
    ImmutableMap.Builder<GroupVersion, Document> documents = ImmutableMap.builder();
    byVersion.forEach((version, all) -> documents.put(version, encoded(document(version, all))));
    return new CustomOpenApi(documents.buildOrThrow());
  }

  public ImmutableMap<GroupVersion, Document> documents() {
    return documents;
  }

  private static Document encoded(JsonObject document) {
    byte[] json = JsonWriter.bytes(document);
    String hash = Hashing.sha512().hashBytes(json).toString().toUpperCase(Locale.ROOT);
    return new Document(json, '"' + hash + '"');
  }

  private static JsonObject document(GroupVersion groupVersion, List<ResourceStore> stores) {
    SchemaWriter common = new SchemaWriter(Dialect.V3);
    for (String type : List.of("ObjectMeta", "ListMeta", "DeleteOptions", "Status")) {
      common.add(Schemas.named(META + type));
    }
    common.add(Schemas.named("io.k8s.api.autoscaling.v1.Scale"));
    JsonObject.Builder schemas = common.schemas().toBuilder();
    schemas.put(META + "Patch", SchemaWriter.typed("object", ""));
    for (ResourceStore store : stores) {
      if (store.representation().type() instanceof StructuralType type) {
        ApiResource resource = store.resource();
        String name = name(groupVersion, resource.kind());
        schemas.put(name, schema(type.schema().json(), resource));
        schemas.put(name(groupVersion, resource.listKind()), list(name, resource));
      }
    }
    ResourceTable table = ResourceTable.of(stores.stream().map(ResourceStore::resource).toList());
    return JsonObject.builder()
        .put("openapi", "3.0.0")
        .put(
            "info",
            JsonObject.of("title", Json.of("Kubernetes CRD Swagger"), "version", Json.of("v0.1.0")))
        .put("paths", PathsWriter.customPaths(table, groupVersion))
        .put("components", JsonObject.of("schemas", schemas.build()))
        .build();
  }

  /// The group's parts backwards, the version and the kind: `com.example.v1.Boat`.
  private static String name(GroupVersion groupVersion, String kind) {
    List<String> parts = Lists.reverse(Splitter.on('.').splitToList(groupVersion.group()));
    return String.join(".", parts) + "." + groupVersion.version() + "." + kind;
  }

  private static JsonObject schema(JsonObject given, ApiResource resource) {
    JsonObject.Builder properties = JsonObject.builder();
    properties.put("apiVersion", text(API_VERSION_TEXT));
    properties.put("kind", text(KIND_TEXT));
    properties.put("metadata", described(META + "ObjectMeta", "Standard object's metadata."));
    given
        .object("properties")
        .without("apiVersion")
        .without("kind")
        .without("metadata")
        .fields()
        .forEach(properties::put);
    return given
        .with("type", "object")
        .with("properties", properties.build())
        .with("x-kubernetes-group-version-kind", kinds(resource, resource.kind()));
  }

  private static JsonObject list(String items, ApiResource resource) {
    JsonObject properties =
        JsonObject.builder()
            .put("apiVersion", text(API_VERSION_TEXT))
            .put("kind", text(KIND_TEXT))
            .put("metadata", described(META + "ListMeta", "Standard list metadata."))
            .put(
                "items",
                JsonObject.builder()
                    .put("description", "List of " + resource.plural() + ".")
                    .put("type", "array")
                    .put("items", Dialect.V3.reference(items))
                    .build())
            .build();
    return JsonObject.builder()
        .put("description", resource.listKind() + " is a list of " + resource.kind())
        .put("type", "object")
        .put("required", JsonArray.of(Json.of("items")))
        .put("properties", properties)
        .put("x-kubernetes-group-version-kind", kinds(resource, resource.listKind()))
        .build();
  }

  private static JsonArray kinds(ApiResource resource, String kind) {
    return JsonArray.of(SchemaWriter.kind(resource.groupVersion().kind(kind)));
  }

  private static JsonObject text(String description) {
    return SchemaWriter.typed("string", "").with("description", description);
  }

  private static JsonObject described(String name, String description) {
    return Dialect.V3.reference(name).with("description", description);
  }
}
