package dev.drydock.cluster.fuzz;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoredObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Makes requests to any resource with any verb: right ones, and ones damaged in their fields,
/// bytes, paths, parameters or headers.
final class Requests {
  private static final ImmutableList<String> METHODS =
      ImmutableList.of("GET", "POST", "PUT", "PATCH", "PATCH", "PATCH", "DELETE", "OPTIONS", "x");

  private static final ImmutableList<String> CONTENT_TYPES =
      ImmutableList.of(
          ApiRequest.JSON,
          ApiRequest.MERGE_PATCH,
          ApiRequest.STRATEGIC_MERGE_PATCH,
          ApiRequest.JSON_PATCH,
          ApiRequest.APPLY_PATCH,
          "application/yaml",
          "application/vnd.kubernetes.protobuf",
          "text/plain",
          "",
          ";;;");

  private static final ImmutableList<String> PARAMETERS =
      ImmutableList.of(
          "labelSelector",
          "fieldSelector",
          "limit",
          "continue",
          "resourceVersion",
          "resourceVersionMatch",
          "timeoutSeconds",
          "watch",
          "sendInitialEvents",
          "allowWatchBookmarks",
          "dryRun",
          "fieldManager",
          "fieldValidation",
          "force",
          "gracePeriodSeconds",
          "propagationPolicy",
          "orphanDependents",
          "pretty",
          "includeObject",
          "container",
          "tailLines",
          "sinceSeconds",
          "previous",
          "command");

  private static final ImmutableList<String> PARAMETER_VALUES =
      ImmutableList.of(
          "",
          "1",
          "0",
          "-1",
          "true",
          "false",
          "All",
          "Strict",
          "Ignore",
          "Background",
          "Orphan",
          "a=b",
          "a in (b,c)",
          "a in (",
          "!a",
          "metadata.name=web",
          "spec.nodeName=",
          "=",
          "Exact",
          "NotOlderThan",
          "99999999",
          "184467440737095516160",
          "%zz",
          "default",
          "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJ4In0");

  private final Values values;
  private final Mutations mutations;
  private final ImmutableList<ApiResource> resources;

  Requests(Random random, ResourceTable table) {
    this.values = new Values(random);
    this.mutations = new Mutations(values);
    this.resources = table.resources();
  }

  /// The next request, to a cluster with these objects.
  ApiRequest next(Store store) {
    ApiResource resource = values.one(resources);
    List<StoredObject> live = store.list(resource.groupResource(), "").toList();
    JsonObject like =
        live.isEmpty() ? made(resource) : live.get(values.below(live.size())).object();
    String method = values.one(METHODS);
    String contentType = values.chance(0.9) ? usualType(method) : values.one(CONTENT_TYPES);
    ApiRequest request =
        new ApiRequest(
            method,
            target(resource, like, method),
            com.google.common.collect.ImmutableMap.of("content-type", contentType),
            body(resource, like, method, contentType));
    return values.chance(0.1)
        ? request.withHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
        : request;
  }

  private String usualType(String method) {
    return method.equals("PATCH") ? CONTENT_TYPES.get(1 + values.below(4)) : ApiRequest.JSON;
  }

  /// A new object of the kind with fields at random.
  private JsonObject made(ApiResource resource) {
    ObjectType type = Schemas.of(resource.groupVersionKind());
    JsonObject object =
        type != null && values.of(type, 0) instanceof JsonObject some ? some : JsonObject.EMPTY;
    return object
        .with("metadata", JsonObject.EMPTY.with("name", "fuzz-" + values.below(20)))
        .with("kind", resource.kind())
        .with("apiVersion", resource.groupVersion().toString());
  }

  private String target(ApiResource resource, JsonObject like, String method) {
    String group = resource.groupVersion().toString();
    StringBuilder path = new StringBuilder(group.contains("/") ? "/apis/" : "/api/").append(group);
    String namespace = like.string("metadata", "namespace");
    if (resource.namespaced() && !values.chance(0.05)) {
      path.append("/namespaces/").append(namespace.isEmpty() ? "default" : namespace);
    }
    path.append('/').append(resource.plural());
    boolean named = method.equals("POST") ? values.chance(0.1) : values.chance(0.9);
    if (named) {
      String name = like.string("metadata", "name");
      path.append('/').append(values.chance(0.9) ? name : encoded(values.string()));
      if (!resource.subresources().isEmpty() && values.chance(0.3)) {
        path.append('/').append(values.one(resource.subresources()).name());
      }
    }
    StringBuilder query = new StringBuilder();
    if (method.equals("PATCH") && values.chance(0.5)) {
      query.append("&fieldManager=fuzz");
    }
    while (values.chance(0.25)) {
      query.append('&').append(values.one(PARAMETERS)).append('=');
      query.append(values.chance(0.9) ? encoded(values.one(PARAMETER_VALUES)) : "%");
    }
    String target = query.isEmpty() ? path.toString() : path + "?" + query.substring(1);
    return values.chance(0.02) ? damaged(target) : target;
  }

  private String damaged(String target) {
    byte[] bytes = mutations.bytes(target.getBytes(StandardCharsets.UTF_8));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.startsWith("/") ? text : "/" + text;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private byte[] body(ApiResource resource, JsonObject like, String method, String contentType) {
    if (method.equals("GET")) {
      return new byte[0];
    }
    Json body =
        contentType.equals(ApiRequest.JSON_PATCH)
            ? jsonPatch(like)
            : object(resource, like, method);
    for (int i = values.below(3); i > 0; i--) {
      body = mutations.fields(body);
    }
    byte[] bytes = JsonWriter.bytes(body);
    return values.chance(0.15) ? mutations.bytes(bytes) : bytes;
  }

  private Json object(ApiResource resource, JsonObject like, String method) {
    if (method.equals("DELETE")) {
      return JsonObject.EMPTY
          .with("kind", "DeleteOptions")
          .with("apiVersion", "v1")
          .with("gracePeriodSeconds", values.any(6));
    }
    JsonObject object = values.chance(0.5) ? like : made(resource);
    JsonObject metadata =
        object
            .object("metadata")
            .without("managedFields")
            .without("uid")
            .without("resourceVersion");
    return method.equals("POST")
        ? object.with("metadata", metadata.with("name", "fuzz-" + values.below(1_000)))
        : object.with("metadata", metadata);
  }

  private JsonArray jsonPatch(JsonObject like) {
    String path = "/metadata/labels";
    if (values.chance(0.7)) {
      List<String> names = List.copyOf(like.fields().keySet());
      path = "/" + names.get(values.below(names.size()));
      path += values.chance(0.5) ? "" : "/" + values.string().replace("/", "~1");
    }
    String operation =
        values.one(ImmutableList.of("add", "remove", "replace", "test", "copy", "move", "none"));
    return JsonArray.of(
        JsonObject.EMPTY
            .with("op", operation)
            .with("path", path)
            .with("from", "/metadata/name")
            .with("value", values.any(3)));
  }
}
