package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.CodedOutputStream;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apiserver.discovery.AggregatedDiscovery;
import dev.drydock.cluster.apiserver.discovery.LegacyDiscovery;
import dev.drydock.cluster.apiserver.openapi.OpenApi;
import dev.drydock.cluster.authentication.JsonWebKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the server answers beside resources: its version, its health, discovery.
final class NonResourcePaths {
  /// The version the embedded cluster models.
  static final String GIT_VERSION = "v1.36.2";

  private static final String OPENAPI_PROTOBUF = "com.github.proto-openapi.spec.v2@v1.0+protobuf";

  /// The same type as answers name it: an at sign may not stand in a media type.
  private static final String OPENAPI_PROTOBUF_ANSWERED =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private final Registry registry;
  private final ResourceTable table;

  NonResourcePaths(Registry registry) {
    this.registry = registry;
    this.table = registry.table();
  }

  Reply answer(ServerRequest request) {
    String path = request.info().path().replaceAll("(?<=.)/$", "");
    List<String> parts = ImmutableList.copyOf(path.substring(1).split("/"));
    return switch (parts.getFirst()) {
      case "" -> paths();
      case "version" -> new Reply.Single(200, version());
      case "healthz", "livez", "readyz" -> health(request, path);
      case ".well-known" -> {
        if (!path.equals("/.well-known/openid-configuration")) {
          throw StatusException.unknownPath();
        }
        yield new Reply.Single(200, JsonWebKeys.configuration(request.raw().header("host")));
      }
      case "openid" -> {
        if (!path.equals("/openid/v1/jwks")) {
          throw StatusException.unknownPath();
        }
        byte[] keys = JsonWriter.bytes(JsonWebKeys.keySet(request.transaction().identity()));
        yield new Reply.Document(200, "application/jwk-set+json", keys, "");
      }
      case "api" -> parts.size() == 1 ? api(request) : legacy(parts, 1);
      case "openapi" -> openApi(request, parts);
      case "apis" -> parts.size() == 1 ? apis(request) : legacy(parts, 2);
      default -> throw StatusException.unknownPath();
    };
  }

  /// Models kube-openapi/pkg/handler and handler3.
  private Reply openApi(ServerRequest request, List<String> parts) {
    if (parts.size() == 2 && parts.get(1).equals("v2")) {
      return request.raw().header("accept").contains(OPENAPI_PROTOBUF)
          ? new Reply.Document(200, OPENAPI_PROTOBUF_ANSWERED, emptyDocument(), "")
          : document(OpenApi.version2());
    }
    if (parts.size() < 2 || !parts.get(1).equals("v3")) {
      throw StatusException.unknownPath();
    }
    if (parts.size() == 2) {
      return new Reply.Single(200, OpenApi.index(registry.customOpenApi()));
    }
    String key = String.join("/", parts.subList(2, parts.size()));
    Optional<OpenApi.Document> plain = OpenApi.plain(key);
    if (plain.isPresent()) {
      return document(plain.get());
    }
    boolean core = parts.get(2).equals("api") && parts.size() == 4;
    boolean group = parts.get(2).equals("apis") && parts.size() == 5;
    if (!core && !group) {
      throw StatusException.unknownPath();
    }
    GroupVersion groupVersion =
        core ? new GroupVersion("", parts.get(3)) : new GroupVersion(parts.get(3), parts.get(4));
    OpenApi.Document custom = registry.customOpenApi().documents().get(groupVersion);
    return document(
        custom != null
            ? custom
            : OpenApi.version3(groupVersion).orElseThrow(StatusException::unknownPath));
  }

  /// A document of version 2 in protobuf that describes no types: kubectl asks for it only about
  /// kinds that version 3 does not know either, and then skips validation.
  private static byte[] emptyDocument() {
    try {
      ByteArrayOutputStream info = new ByteArrayOutputStream();
      CodedOutputStream infoFields = CodedOutputStream.newInstance(info);
      infoFields.writeString(1, "Kubernetes");
      infoFields.writeString(2, GIT_VERSION);
      infoFields.flush();
      ByteArrayOutputStream document = new ByteArrayOutputStream();
      CodedOutputStream fields = CodedOutputStream.newInstance(document);
      fields.writeString(1, "2.0");
      fields.writeByteArray(2, info.toByteArray());
      fields.flush();
      return document.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply document(OpenApi.Document document) {
    return new Reply.Document(200, "application/json", document.json(), document.etag());
  }

  private static Reply text(String text) {
    return new Reply.Document(
        200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), "");
  }

  private static Reply health(ServerRequest request, String path) {
    if (!request.info().query().has("verbose")) {
      return text("ok");
    }
    return text("[+]ping ok\n[+]log ok\n[+]etcd ok\n" + path.substring(1) + " check passed\n");
  }

  private Reply paths() {
    ImmutableList.Builder<String> paths = ImmutableList.builder();
    paths.add("/api", "/api/v1", "/apis");
    table
        .byGroup()
        .forEach(
            (group, versions) -> {
              if (!group.isEmpty()) {
                paths.add("/apis/" + group);
                versions.keySet().forEach(version -> paths.add("/apis/" + group + "/" + version));
              }
            });
    paths.add(
        "/.well-known/openid-configuration",
        "/healthz",
        "/livez",
        "/openapi/v2",
        "/openapi/v3",
        "/openid/v1/jwks",
        "/readyz",
        "/version");
    return new Reply.Single(200, JsonObject.of("paths", JsonArray.ofStrings(paths.build())));
  }

  private static JsonObject version() {
    return JsonObject.builder()
        .put("major", "1")
        .put("minor", "36")
        .put("emulationMajor", "1")
        .put("emulationMinor", "36")
        .put("minCompatibilityMajor", "1")
        .put("minCompatibilityMinor", "35")
        .put("gitVersion", GIT_VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-06-10T12:00:00Z")
        .put("goVersion", "go1.26.4")
        .put("compiler", "gc")
        .put("platform", "linux/amd64")
        .build();
  }

  private Reply api(ServerRequest request) {
    return aggregated(
        request, AggregatedDiscovery::api, LegacyDiscovery.api(request.raw().header("host")));
  }

  private Reply apis(ServerRequest request) {
    return aggregated(request, AggregatedDiscovery::apis, LegacyDiscovery.apis(table));
  }

  private interface Aggregated {
    JsonObject document(ResourceTable table, AggregatedDiscovery.Version version);
  }

  /// The aggregated document in the first version the client accepts, else the legacy one.
  private Reply aggregated(ServerRequest request, Aggregated aggregated, JsonObject legacy) {
    String accept = request.raw().header("accept");
    for (AggregatedDiscovery.Version version : AggregatedDiscovery.Version.values()) {
      if (accept.contains(version.contentType())) {
        byte[] body = JsonWriter.bytes(aggregated.document(table, version));
        return new Reply.Document(200, version.contentType(), body, "");
      }
    }
    return new Reply.Single(200, legacy);
  }

  private Reply legacy(List<String> parts, int groupParts) {
    String group = groupParts == 2 && parts.size() > 1 ? parts.get(1) : "";
    if (parts.size() == groupParts) {
      return new Reply.Single(
          200, LegacyDiscovery.group(table, group).orElseThrow(StatusException::unknownPath));
    }
    GroupVersion groupVersion = new GroupVersion(group, parts.get(groupParts));
    if (parts.size() > groupParts + 1) {
      throw StatusException.unknownPath();
    }
    return new Reply.Single(
        200,
        LegacyDiscovery.resources(table, groupVersion).orElseThrow(StatusException::unknownPath));
  }
}
