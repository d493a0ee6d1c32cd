package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.quota.Evaluator;
import dev.drydock.cluster.quota.Quotas;
import dev.drydock.cluster.quota.ResourceList;
import dev.drydock.cluster.storage.ObjectKey;
import java.time.Instant;
import java.util.List;

/// Refuses what would take more than the quotas of its namespace leave, and charges the rest to
/// them. Must be the last plugin.
///
/// Models apiserver/pkg/admission/plugin/resourcequota.
public final class ResourceQuota implements AdmissionPlugin {
  private static final String QUOTAS = "resourcequotas";

  @Override
  public boolean handles(String groupResource) {
    return Quotas.counts(groupResource);
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    Operation operation = request.operation();
    if (request.namespace().isEmpty()
        || operation != Operation.CREATE && operation != Operation.UPDATE) {
      return;
    }
    List<JsonObject> quotas = request.list(QUOTAS, request.namespace()).toList();
    if (quotas.isEmpty()) {
      return;
    }
    Evaluator evaluator = Quotas.evaluator(request.resource().groupResource());
    if (evaluator.handles(operation == Operation.CREATE, request.subresource())) {
      for (JsonObject quota : quotas) {
        check(quota, evaluator, object, request);
      }
    }
  }

  private static void check(
      JsonObject quota, Evaluator evaluator, JsonObject object, AdmissionRequest request) {
    ResourceList hard = ResourceList.of(quota.object("status", "hard"));
    ResourceList limited = hard.where(evaluator::matches);
    if (limited.isEmpty() || !Quotas.isInScopes(quota, evaluator, object)) {
      return;
    }
    String name = ObjectMeta.name(quota);
    String missing = evaluator.missing(limited, object);
    if (!missing.isEmpty()) {
      throw request.forbidden(object, "failed quota: %s: must specify %s".formatted(name, missing));
    }
    ResourceList used = ResourceList.of(quota.object("status", "used"));
    if (!used.names().containsAll(limited.names())) {
      throw request.forbidden(
          object,
          "status unknown for quota: %s, resources: %s"
              .formatted(name, String.join(",", limited.names())));
    }
    ResourceList requested = taken(quota, evaluator, object, request).only(hard.names());
    ResourceList next = used.plus(requested);
    List<String> exceeded =
        requested.names().stream()
            .filter(resource -> next.get(resource).compareTo(hard.get(resource)) > 0)
            .toList();
    if (!exceeded.isEmpty() && !request.subresource().equals("status")) {
      throw request.forbidden(
          object,
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(name, requested.only(exceeded), used.only(exceeded), hard.only(exceeded)));
    }
    if (!requested.isEmpty() && !request.dryRun()) {
      charge(quota, next, request);
    }
  }

  /// What the request takes beyond what the object has taken already.
  private static ResourceList taken(
      JsonObject quota, Evaluator evaluator, JsonObject object, AdmissionRequest request) {
    Instant now = request.transaction().now();
    ResourceList usage = evaluator.usage(object, now);
    JsonObject old = request.old();
    boolean chargedBefore = old != null && Quotas.isInScopes(quota, evaluator, old);
    return (chargedBefore && old != null ? usage.beyond(evaluator.usage(old, now)) : usage)
        .withoutZeros();
  }

  private static void charge(JsonObject quota, ResourceList used, AdmissionRequest request) {
    ObjectKey key = new ObjectKey(QUOTAS, request.namespace(), ObjectMeta.name(quota));
    request
        .transaction()
        .replace(
            request.transaction().store().put(key, quota.withAt(used.toJson(), "status", "used")));
  }
}
