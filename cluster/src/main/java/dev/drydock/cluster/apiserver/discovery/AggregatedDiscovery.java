package dev.drydock.cluster.apiserver.discovery;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.ApiResource.Subresource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import java.util.List;
import java.util.Map;

/// Discovery in one document for each of `/api` and `/apis`: an `APIGroupDiscoveryList`, which the
/// `Accept` header `application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList` asks for.
///
/// Models apiserver/pkg/endpoints/discovery/aggregated.
public final class AggregatedDiscovery {

  /// The versions of the document; they say the same.
  public enum Version {
    V2("v2"),
    V2BETA1("v2beta1");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    /// The `Content-Type` of the answer, which a client compares with what it asked for.
    public String contentType() {
      return "application/json;g=apidiscovery.k8s.io;v=" + text + ";as=APIGroupDiscoveryList";
    }
  }

  private AggregatedDiscovery() {}

  /// The document of `/api`: the core group.
  public static JsonObject api(ResourceTable table, Version version) {
    return document(table, version, true);
  }

  /// The document of `/apis`: every other group.
  public static JsonObject apis(ResourceTable table, Version version) {
    return document(table, version, false);
  }

  private static JsonObject document(ResourceTable table, Version version, boolean core) {
    JsonArray groups =
        JsonArray.copyOf(
            table.byGroup().entrySet().stream()
                .filter(group -> group.getKey().isEmpty() == core)
                .map(group -> group(group.getKey(), group.getValue()))
                .toList());
    return JsonObject.builder()
        .put("kind", "APIGroupDiscoveryList")
        .put("apiVersion", "apidiscovery.k8s.io/" + version.text)
        .put("metadata", JsonObject.EMPTY)
        .put("items", groups)
        .build();
  }

  private static Json group(String name, Map<String, List<ApiResource>> versions) {
    JsonObject metadata = name.isEmpty() ? JsonObject.EMPTY : JsonObject.of("name", Json.of(name));
    return JsonObject.of(
        "metadata",
        metadata,
        "versions",
        JsonArray.copyOf(
            versions.entrySet().stream()
                .map(version -> version(version.getKey(), version.getValue()))
                .toList()));
  }

  private static Json version(String version, List<ApiResource> resources) {
    return JsonObject.builder()
        .put("version", version)
        .put(
            "resources",
            JsonArray.copyOf(resources.stream().map(AggregatedDiscovery::resource).toList()))
        .put("freshness", "Current")
        .build();
  }

  private static Json resource(ApiResource resource) {
    GroupVersion own = resource.groupVersion();
    return JsonObject.builder()
        .put("resource", resource.plural())
        .put("responseKind", kind(own, resource.groupVersionKind()))
        .put("scope", resource.namespaced() ? "Namespaced" : "Cluster")
        .put("singularResource", resource.singular())
        .put("verbs", JsonArray.ofStrings(resource.verbs()))
        .putUnlessEmpty("shortNames", JsonArray.ofStrings(resource.shortNames()))
        .putUnlessEmpty("categories", JsonArray.ofStrings(resource.categories()))
        .putUnlessEmpty("subresources", subresources(own, resource.subresources()))
        .build();
  }

  private static JsonArray subresources(GroupVersion own, ImmutableList<Subresource> all) {
    return JsonArray.copyOf(
        all.stream()
            .map(
                sub ->
                    JsonObject.builder()
                        .put("subresource", sub.name())
                        .put("responseKind", kind(own, sub.kind()))
                        .put("verbs", JsonArray.ofStrings(sub.verbs()))
                        .build())
            .toList());
  }

  /// Group and version are left empty where they are those of the enclosing version.
  private static Json kind(GroupVersion own, GroupVersionKind kind) {
    boolean same = own.equals(kind.groupVersion());
    return JsonObject.builder()
        .put("group", same ? "" : kind.group())
        .put("version", same ? "" : kind.version())
        .put("kind", kind.kind())
        .build();
  }
}
