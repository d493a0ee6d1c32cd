package dev.drydock.cluster.apiserver.request;

import com.google.common.base.Splitter;
import dev.drydock.cluster.apimachinery.fields.FieldSelector;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// What a request is about. Models apiserver/pkg/endpoints/request.RequestInfo.
///
/// @param resourceRequest whether it is about a resource; else only `verb` (lower-case method) and
///   `path`
/// @param parts what follows the resource's name and subresource in the path (of a proxy request)
public record RequestInfo(
    boolean resourceRequest,
    String method,
    String path,
    Query query,
    String verb,
    GroupVersion groupVersion,
    String resource,
    String subresource,
    String namespace,
    String name,
    String parts) {
  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  /// The resource as storage and messages name it: `pods`, `deployments.apps`.
  public String groupResource() {
    return groupVersionResource().groupResource();
  }

  public GroupVersionResource groupVersionResource() {
    return groupVersion.resource(resource);
  }

  public RequestInfo withNamespace(String other) {
    return new RequestInfo(
        resourceRequest,
        method,
        path,
        query,
        verb,
        groupVersion,
        resource,
        subresource,
        other,
        name,
        parts);
  }

  /// Whether the request may change the cluster, and so must go through its loop.
  public boolean mutating() {
    return switch (verb) {
      case "create", "update", "patch", "delete", "deletecollection" -> true;
      default -> false;
    };
  }

  /// Reads a request's method and target. An unreadable target is a request for a path that is
  /// unknown.
  public static RequestInfo parse(String method, String target) {
    String path;
    String query;
    try {
      URI uri = new URI(target);
      path = uri.getRawPath() == null ? "/" : uri.getRawPath();
      query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    } catch (URISyntaxException e) {
      return nonResource(method, "/unreadable", Query.NONE);
    }
    return parse(method, path, Query.parse(query));
  }

  private static RequestInfo parse(String method, String path, Query query) {
    List<String> parts =
        Splitter.on('/')
            .omitEmptyStrings()
            .splitToStream(path)
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    if (parts.size() >= 3 && parts.get(0).equals("api")) {
      return resource(method, path, query, new GroupVersion("", parts.get(1)), rest(parts, 2));
    }
    if (parts.size() >= 4 && parts.get(0).equals("apis")) {
      GroupVersion groupVersion = new GroupVersion(parts.get(1), parts.get(2));
      return resource(method, path, query, groupVersion, rest(parts, 3));
    }
    return nonResource(method, path, query);
  }

  private static List<String> rest(List<String> parts, int from) {
    return parts.subList(from, parts.size());
  }

  private static RequestInfo nonResource(String method, String path, Query query) {
    return new RequestInfo(
        false,
        method,
        path,
        query,
        method.toLowerCase(java.util.Locale.ROOT),
        GroupVersion.CORE,
        "",
        "",
        "",
        "",
        "");
  }

  private static RequestInfo resource(
      String method, String path, Query query, GroupVersion groupVersion, List<String> all) {
    List<String> parts = all;
    boolean watchPrefix = parts.getFirst().equals("watch") && parts.size() > 1;
    if (watchPrefix) {
      parts = rest(parts, 1);
    }
    String namespace = "";
    if (parts.getFirst().equals("namespaces") && parts.size() > 1) {
      namespace = parts.get(1);
      if (parts.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(parts.get(2))) {
        parts = rest(parts, 2);
      }
    }
    String resource = parts.getFirst();
    String name = parts.size() > 1 ? parts.get(1) : "";
    String subresource = parts.size() > 2 ? parts.get(2) : "";
    String remaining = parts.size() > 3 ? String.join("/", rest(parts, 3)) : "";
    String verb = watchPrefix ? "watch" : verb(method, query, name);
    if (name.isEmpty() && (verb.equals("list") || verb.equals("watch"))) {
      name = nameInSelector(query);
    }
    return new RequestInfo(
        true,
        method,
        path,
        query,
        verb,
        groupVersion,
        resource,
        subresource,
        namespace,
        name,
        remaining);
  }

  private static String nameInSelector(Query query) {
    try {
      return FieldSelector.parse(query.get("fieldSelector")).requires("metadata.name").orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String verb(String method, Query query, String name) {
    return switch (method) {
      case "POST" -> "create";
      case "GET", "HEAD" ->
          query.isOn("watch") && name.isEmpty() ? "watch" : name.isEmpty() ? "list" : "get";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> "";
    };
  }
}
