package dev.drydock.cluster.registry.certificates.certificatesigningrequest;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.time.Instant;
import java.util.List;

/// The rules of certificate signing requests: who asks is written down by the server, and what is
/// asked never changes. Approval is a subresource of its own.
///
/// Models pkg/registry/certificates/certificates.
public final class CertificateSigningRequestStrategy implements Strategy {
  static final List<String> APPROVAL = List.of("Approved", "Denied");

  @Override
  public ImmutableList<String> validateName(String name) {
    return ImmutableList.of();
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return object;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    UserInfo user = context.user();
    JsonObject.Builder extra = JsonObject.builder();
    user.extra().forEach((key, values) -> extra.put(key, JsonArray.ofStrings(values)));
    JsonObject spec =
        object.object("spec").toBuilder()
            .remove("uid")
            .remove("extra")
            .put("username", user.name())
            .putUnlessEmpty("uid", user.uid())
            .put("groups", JsonArray.ofStrings(user.groups()))
            .putUnlessEmpty("extra", extra.build())
            .build();
    return object.with("spec", spec).with("status", JsonObject.EMPTY);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    SigningRequestValidation.spec(object.object("spec"), errors);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    return Strategy.withFieldOf(Strategy.withFieldOf(object, old, "spec"), old, "status");
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    SigningRequestValidation.conditions(object, old, List.of(), errors);
  }

  /// Whoever signs may not change whether it is approved.
  @Override
  public JsonObject prepareForStatusUpdate(JsonObject object, JsonObject old) {
    return Strategy.withFieldOf(object, old, "spec");
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    SigningRequestValidation.conditions(object, old, APPROVAL, errors);
    SigningRequestValidation.certificate(object, old, errors);
  }

  @Override
  public Strategy forSubresource(String subresource) {
    return subresource.equals("approval") ? new Approval() : this;
  }

  @Override
  public com.google.common.collect.ImmutableMap<String, String> selectableFields(
      JsonObject object) {
    return com.google.common.collect.ImmutableMap.of(
        "spec.signerName", object.string("spec", "signerName"));
  }

  /// Updates that change the conditions and nothing else.
  private static final class Approval implements Strategy {
    @Override
    public JsonObject prepareForUpdate(JsonObject object, JsonObject old, StrategyContext context) {
      JsonArray conditions = object.array("status", "conditions");
      JsonObject status = old.object("status");
      Instant now = context.transaction().now();
      return object
          .with("spec", old.object("spec"))
          .with(
              "status",
              conditions.isEmpty()
                  ? status.without("conditions")
                  : status.with("conditions", stamped(conditions, now)));
    }

    private static JsonArray stamped(JsonArray conditions, Instant now) {
      return conditions.map(item -> item instanceof JsonObject one ? stamped(one, now) : item);
    }

    private static JsonObject stamped(JsonObject condition, Instant now) {
      Json time = Json.of(Times.seconds(now));
      JsonObject stamped = condition;
      for (String field : new String[] {"lastUpdateTime", "lastTransitionTime"}) {
        if (stamped.string(field).isEmpty()) {
          stamped = stamped.with(field, time);
        }
      }
      return stamped;
    }

    @Override
    public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
      SigningRequestValidation.conditions(object, old, List.of("Failed"), errors);
    }
  }
}
