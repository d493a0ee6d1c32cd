package dev.drydock.cluster.apiserver.discovery;

import com.google.common.hash.Hashing;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.ApiResource.Subresource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// Discovery a document at a time, as it was before aggregation: `kubectl drain` and `kubectl auth
/// can-i` still read it, and so does every other client that asks for plain JSON.
///
/// Models apiserver/pkg/endpoints/discovery.
public final class LegacyDiscovery {
  private static final int STORAGE_HASH_BYTES = 8;

  private LegacyDiscovery() {}

  /// The document of `/api`.
  ///
  /// @param serverAddress host and port under which clients reach the server
  public static JsonObject api(String serverAddress) {
    return JsonObject.builder()
        .put("kind", "APIVersions")
        .put("versions", JsonArray.of(Json.of("v1")))
        .put(
            "serverAddressByClientCIDRs",
            JsonArray.of(
                JsonObject.of(
                    "clientCIDR", Json.of("0.0.0.0/0"), "serverAddress", Json.of(serverAddress))))
        .build();
  }

  /// The document of `/apis`.
  public static JsonObject apis(ResourceTable table) {
    return JsonObject.builder()
        .put("kind", "APIGroupList")
        .put("apiVersion", "v1")
        .put(
            "groups",
            JsonArray.copyOf(
                table.byGroup().entrySet().stream()
                    .filter(group -> !group.getKey().isEmpty())
                    .map(group -> group(group.getKey(), group.getValue().keySet()))
                    .toList()))
        .build();
  }

  /// The document of `/apis/{group}`, if the group is served.
  public static Optional<JsonObject> group(ResourceTable table, String group) {
    return Optional.ofNullable(group.isEmpty() ? null : table.byGroup().get(group))
        .map(
            versions ->
                group(group, versions.keySet()).toBuilder()
                    .put("kind", "APIGroup")
                    .put("apiVersion", "v1")
                    .build());
  }

  private static JsonObject group(String group, Collection<String> versions) {
    JsonArray all =
        JsonArray.copyOf(versions.stream().map(version -> version(group, version)).toList());
    return JsonObject.builder()
        .put("name", group)
        .put("versions", all)
        .put("preferredVersion", all.get(0))
        .build();
  }

  private static JsonObject version(String group, String version) {
    return JsonObject.of(
        "groupVersion",
        Json.of(new GroupVersion(group, version).toString()),
        "version",
        Json.of(version));
  }

  /// The document of `/api/v1` or `/apis/{group}/{version}`, if it is served.
  public static Optional<JsonObject> resources(ResourceTable table, GroupVersion groupVersion) {
    JsonArray resources =
        JsonArray.copyOf(
            table.of(groupVersion).stream().flatMap(LegacyDiscovery::withSubresources).toList());
    if (resources.isEmpty()) {
      return Optional.empty();
    }
    JsonObject.Builder list = JsonObject.builder().put("kind", "APIResourceList");
    if (!groupVersion.group().isEmpty()) {
      list.put("apiVersion", "v1");
    }
    return Optional.of(
        list.put("groupVersion", groupVersion.toString()).put("resources", resources).build());
  }

  private static Stream<JsonObject> withSubresources(ApiResource resource) {
    return Stream.concat(
        Stream.of(resource(resource)),
        resource.subresources().stream().map(sub -> subresource(resource, sub)));
  }

  private static JsonObject resource(ApiResource resource) {
    return JsonObject.builder()
        .put("name", resource.plural())
        .put("singularName", resource.singular())
        .put("namespaced", resource.namespaced())
        .put("kind", resource.kind())
        .put("verbs", JsonArray.ofStrings(resource.verbs()))
        .putUnlessEmpty("shortNames", JsonArray.ofStrings(resource.shortNames()))
        .putUnlessEmpty("categories", JsonArray.ofStrings(resource.categories()))
        .putUnlessEmpty("storageVersionHash", resource.stored() ? storageVersionHash(resource) : "")
        .build();
  }

  private static JsonObject subresource(ApiResource resource, Subresource sub) {
    JsonObject.Builder builder =
        JsonObject.builder()
            .put("name", resource.plural() + "/" + sub.name())
            .put("singularName", "")
            .put("namespaced", resource.namespaced());
    if (!sub.kind().groupVersion().equals(resource.groupVersion())) {
      builder.put("group", sub.kind().group()).put("version", sub.kind().version());
    }
    return builder
        .put("kind", sub.kind().kind())
        .put("verbs", JsonArray.ofStrings(sub.verbs()))
        .build();
  }

  private static String storageVersionHash(ApiResource resource) {
    byte[] hash =
        Hashing.sha256()
            .hashString(storedAs(resource) + "/" + resource.kind(), StandardCharsets.UTF_8)
            .asBytes();
    return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, STORAGE_HASH_BYTES));
  }

  /// Two resources are stored in another version than the one they are served in.
  private static String storedAs(ApiResource resource) {
    return switch (resource.kind()) {
      case "Event" -> "/v1";
      case "HorizontalPodAutoscaler" -> "autoscaling/v2";
      default -> resource.groupVersion().group() + "/" + resource.groupVersion().version();
    };
  }
}
