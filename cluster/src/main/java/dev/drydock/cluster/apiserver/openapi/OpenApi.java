package dev.drydock.cluster.apiserver.openapi;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.schema.SchemaResource;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The OpenAPI documents of the built-in groups. Each is made and encoded once, on first use, and
/// shared by all clusters.
///
/// Models apiserver's /openapi/v3 (kube-openapi/pkg/handler3) and /openapi/v2.
public final class OpenApi {

  /// An encoded document.
  ///
  /// @param etag with its quotes; it stands for what the document is made of
  public record Document(byte[] json, String etag) {}

  private static final List<String> SOURCES =
      List.of(
          "types-1.36.json.gz",
          "descriptions-1.36.json.gz",
          "enums-1.36.txt",
          "resources-1.36.txt");

  private static final class Shared {
    static final Map<GroupVersion, Document> V3 = new ConcurrentHashMap<>();
    static final byte[] SOURCE_HASH = sourceHash();
  }

  private static final class SharedV2 {
    static final Document DOCUMENT =
        new Document(JsonWriter.bytes(definitions()), quoted(hash("v2")));
  }

  private OpenApi() {}

  /// The document of `/openapi/v3`: the address of each group version's own. Those of custom
  /// resources are the cluster's own.
  public static JsonObject index(CustomOpenApi custom) {
    Map<String, Json> paths = new TreeMap<>();
    PlainPaths.texts(ResourceTable.builtIn())
        .keySet()
        .forEach(key -> paths.put(key, entry("/" + key, hash(key))));
    for (GroupVersion groupVersion : groupVersions()) {
      paths.put(key(groupVersion), entry(groupVersion.path(), hash(groupVersion.toString())));
    }
    custom
        .documents()
        .forEach(
            (groupVersion, document) ->
                paths.put(
                    key(groupVersion),
                    entry(groupVersion.path(), document.etag().replace("\"", ""))));
    return JsonObject.of("paths", JsonObject.copyOf(paths));
  }

  /// The key of a group version in the index: `apis/apps/v1`.
  public static String key(GroupVersion groupVersion) {
    return groupVersion.path().substring(1);
  }

  private static JsonObject entry(String path, String hash) {
    return JsonObject.of("serverRelativeURL", Json.of("/openapi/v3" + path + "?hash=" + hash));
  }

  /// The document about a path that is no resource, by its key in the index: `version`.
  public static Optional<Document> plain(String key) {
    return Optional.ofNullable(PlainPaths.texts(ResourceTable.builtIn()).get(key))
        .map(
            text ->
                new Document(JsonWriter.bytes(PlainPaths.document(key, text)), quoted(hash(key))));
  }

  /// The document of `/openapi/v3/apis/{group}/{version}`; none where no built-in resource is in
  /// it.
  public static Optional<Document> version3(GroupVersion groupVersion) {
    return groupVersions().contains(groupVersion)
        ? Optional.of(
            Shared.V3.computeIfAbsent(
                groupVersion,
                gv -> new Document(JsonWriter.bytes(document(gv)), quoted(hash(gv.toString())))))
        : Optional.empty();
  }

  /// The document of `/openapi/v2`: the definitions, without paths.
  public static Document version2() {
    return SharedV2.DOCUMENT;
  }

  private static List<GroupVersion> groupVersions() {
    return ResourceTable.builtIn().resources().stream()
        .filter(resource -> Schemas.of(resource.groupVersionKind()) != null)
        .map(ApiResource::groupVersion)
        .distinct()
        .toList();
  }

  static JsonObject document(GroupVersion groupVersion) {
    SchemaWriter schemas = new SchemaWriter(Dialect.V3);
    ResourceTable table = ResourceTable.builtIn();
    for (ApiResource resource : table.of(groupVersion)) {
      add(schemas, resource.groupVersionKind());
      add(schemas, groupVersion.kind(resource.listKind()));
      resource.subresources().forEach(sub -> add(schemas, sub.kind()));
    }
    schemas.add(Schemas.named("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"));
    schemas.add(Schemas.named("io.k8s.apimachinery.pkg.apis.meta.v1.Status"));
    JsonObject withPatch =
        schemas
            .schemas()
            .with("io.k8s.apimachinery.pkg.apis.meta.v1.Patch", SchemaWriter.typed("object", ""));
    return JsonObject.builder()
        .put("openapi", "3.0.0")
        .put("info", info())
        .put("paths", PathsWriter.paths(table, groupVersion))
        .put("components", JsonObject.of("schemas", withPatch))
        .build();
  }

  private static void add(SchemaWriter schemas, GroupVersionKind kind) {
    ObjectType type = Schemas.of(kind);
    if (type != null) {
      schemas.add(type);
    }
  }

  private static JsonObject definitions() {
    SchemaWriter schemas = new SchemaWriter(Dialect.V2);
    schemas.addAll();
    return JsonObject.builder()
        .put("swagger", "2.0")
        .put("info", info())
        .put("paths", JsonObject.EMPTY)
        .put("definitions", schemas.schemas())
        .put("produces", JsonArray.of(Json.of("application/json")))
        .build();
  }

  private static JsonObject info() {
    return JsonObject.of("title", Json.of("Kubernetes"), "version", Json.of("v1.36.2"));
  }

  private static String quoted(String hash) {
    return '"' + hash + '"';
  }

  /// Documents follow from the resources they are made of, so these are hashed and not the
  /// documents: the index does not have to make them all.
  private static String hash(String name) {
    return Hashing.sha512()
        .newHasher()
        .putBytes(Shared.SOURCE_HASH)
        .putString(name, StandardCharsets.UTF_8)
        .hash()
        .toString()
        .toUpperCase(Locale.ROOT);
  }

  private static byte[] sourceHash() {
    Hasher hasher = Hashing.sha512().newHasher();
    SOURCES.forEach(source -> hasher.putBytes(SchemaResource.bytes(source)));
    return hasher.hash().asBytes();
  }
}
