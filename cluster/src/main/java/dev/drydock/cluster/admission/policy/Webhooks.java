package dev.drydock.cluster.admission.policy;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.policy.PolicyEvaluation.FailedException;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.authorization.Authorizer;
import java.util.Map;
import java.util.Optional;

/// Webhooks that are asked about requests. Nothing outside of the cluster can be called, and no
/// program inside serves reviews, so every call fails as it would if its server were down; what
/// follows is what the webhook's failure policy says.
///
/// Models apiserver/pkg/admission/plugin/webhook.
public final class Webhooks implements AdmissionPlugin {
  private static final String GROUP = "admissionregistration.k8s.io";

  private final String configurations;
  private final boolean mutating;
  private final Authorizer authorizer;

  private Webhooks(boolean mutating, Authorizer authorizer) {
    this.mutating = mutating;
    this.authorizer = authorizer;
    this.configurations = (mutating ? "mutating" : "validating") + "webhookconfigurations." + GROUP;
  }

  public static Webhooks mutating(Authorizer authorizer) {
    return new Webhooks(true, authorizer);
  }

  public static Webhooks validating(Authorizer authorizer) {
    return new Webhooks(false, authorizer);
  }

  @Override
  public boolean handles(String groupResource) {
    return !groupResource.endsWith("." + GROUP);
  }

  @Override
  public JsonObject admit(JsonObject object, AdmissionRequest request) {
    if (mutating) {
      ask(object, request);
    }
    return object;
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    if (!mutating) {
      ask(object, request);
    }
  }

  private void ask(JsonObject object, AdmissionRequest request) {
    for (JsonObject configuration : request.list(configurations, "").toList()) {
      for (JsonObject webhook : configuration.array("webhooks").objects().toList()) {
        if (matches(webhook, object, request)) {
          call(webhook, request);
        }
      }
    }
  }

  private boolean matches(JsonObject webhook, JsonObject object, AdmissionRequest request) {
    boolean exact = webhook.string("matchPolicy").equals("Exact");
    return webhook
            .array("rules")
            .objects()
            .anyMatch(rule -> ResourceRules.matches(rule, exact, request))
        && ResourceRules.match(webhook, object, request)
        && conditionsHold(webhook, object, request);
  }

  private boolean conditionsHold(JsonObject webhook, JsonObject object, AdmissionRequest request) {
    if (webhook.array("matchConditions").isEmpty()) {
      return true;
    }
    Optional<CompiledPolicy> compiled = CompiledPolicy.of(webhook);
    PolicyEvaluation evaluation =
        new PolicyEvaluation(PolicyInputs.of(object, request, authorizer), Map.of());
    try {
      return compiled.isPresent() && evaluation.allHold(compiled.get().conditions());
    } catch (FailedException e) {
      if (ignoresFailures(webhook)) {
        return false;
      }
      throw request.forbidden(object, String.valueOf(e.getMessage()));
    }
  }

  private static boolean ignoresFailures(JsonObject webhook) {
    return webhook.string("failurePolicy").equals("Ignore");
  }

  private static void call(JsonObject webhook, AdmissionRequest request) {
    String name = webhook.string("name");
    if (ignoresFailures(webhook)) {
      return;
    }
    throw StatusException.of(
        StatusReason.INTERNAL_ERROR,
        "Internal error occurred: failed calling webhook \"%s\": failed to call webhook: Post \"%s\": %s"
            .formatted(name, WebhookTarget.url(webhook), WebhookTarget.failure(webhook, request)));
  }
}
