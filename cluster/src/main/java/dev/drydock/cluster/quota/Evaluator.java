package dev.drydock.cluster.quota;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.time.Instant;

/// Knows what the objects of one resource take of a quota. Models quota.Evaluator of
/// apiserver/pkg/quota/v1.
public interface Evaluator {

  /// The resource in storage, as `pods` or `deployments.apps`.
  String resource();

  /// Whether a creation (else an update) of the object or of a subresource can change what is used.
  boolean handles(boolean create, String subresource);

  /// Whether a name in a quota is about this resource.
  boolean matches(String quotaName);

  /// Whether an object is within a scope.
  default boolean isInScope(QuotaScope scope, JsonObject object) {
    return false;
  }

  /// What an object takes.
  ResourceList usage(JsonObject object, Instant now);

  /// What an object does not say though quotas for these names demand it; empty when nothing.
  default String missing(ResourceList required, JsonObject object) {
    return "";
  }
}
