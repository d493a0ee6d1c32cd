package dev.drydock.cluster.apiserver.openapi;

import com.google.common.collect.ImmutableSortedMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;

/// What OpenAPI says of the paths that are no resources: discovery, the version, the keys of
/// service account tokens.
final class PlainPaths {
  private PlainPaths() {}

  /// The text about each path, by its key in the index: `apis/apps`.
  static ImmutableSortedMap<String, String> texts(ResourceTable table) {
    ImmutableSortedMap.Builder<String, String> texts = ImmutableSortedMap.naturalOrder();
    texts.put(
        ".well-known/openid-configuration",
        "get service account issuer OpenID configuration, also known as the 'OIDC discovery doc'");
    texts.put("api", "get available API versions");
    texts.put("apis", "get available API versions");
    texts.put(
        "openid/v1/jwks",
        "get service account issuer OpenID JSON Web Key Set (contains public token verification"
            + " keys)");
    texts.put("version", "get the version information for this server");
    for (String group : table.byGroup().keySet()) {
      if (!group.isEmpty() && !group.equals("metrics.k8s.io")) {
        texts.put("apis/" + group, "get information of a group");
      }
    }
    return texts.buildOrThrow();
  }

  static JsonObject document(String key, String text) {
    JsonObject get =
        JsonObject.builder()
            .put("description", text)
            .put("responses", JsonObject.of("200", JsonObject.of("description", Json.of("OK"))))
            .build();
    return JsonObject.builder()
        .put("openapi", "3.0.0")
        .put("info", JsonObject.of("title", Json.of("Kubernetes"), "version", Json.of("v1.36.2")))
        .put("paths", JsonObject.of("/" + key + "/", JsonObject.of("get", get)))
        .build();
  }
}
