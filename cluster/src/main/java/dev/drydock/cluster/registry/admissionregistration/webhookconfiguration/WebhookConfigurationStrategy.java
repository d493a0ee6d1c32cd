package dev.drydock.cluster.registry.admissionregistration.webhookconfiguration;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.admissionregistration.MatchResources;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.HashSet;
import java.util.Set;

/// The rules of webhook configurations. Models pkg/registry/admissionregistration and the webhook
/// part of pkg/apis/admissionregistration/validation; match conditions are compiled when they are
/// first needed.
public final class WebhookConfigurationStrategy implements Strategy {
  private static final ImmutableList<String> FAILURE_POLICIES = ImmutableList.of("Fail", "Ignore");
  private static final ImmutableList<String> MATCH_POLICIES =
      ImmutableList.of("Equivalent", "Exact");
  private static final ImmutableList<String> SIDE_EFFECTS =
      ImmutableList.of("None", "NoneOnDryRun");
  private static final ImmutableList<String> REVIEW_VERSIONS = ImmutableList.of("v1", "v1beta1");
  private static final int TIMEOUT_SECONDS = 10;
  private static final int TIMEOUT_SECONDS_MAX = 30;

  private final boolean mutating;

  public WebhookConfigurationStrategy(boolean mutating) {
    this.mutating = mutating;
  }

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.each(object, "webhooks", this::withDefaults);
  }

  private JsonObject withDefaults(JsonObject webhook) {
    JsonObject changed = Defaulting.value(webhook, "failurePolicy", "Fail");
    changed = Defaulting.value(changed, "matchPolicy", "Equivalent");
    changed = Defaulting.pointer(changed, "namespaceSelector", JsonObject.EMPTY);
    changed = Defaulting.pointer(changed, "objectSelector", JsonObject.EMPTY);
    changed = Defaulting.pointer(changed, "timeoutSeconds", Json.of(TIMEOUT_SECONDS));
    if (mutating) {
      changed = Defaulting.value(changed, "reinvocationPolicy", "Never");
    }
    changed = Defaulting.each(changed, "rules", rule -> Defaulting.value(rule, "scope", "*"));
    return changed.object("clientConfig").has("service")
        ? Defaulting.within(
            changed,
            "clientConfig",
            config ->
                Defaulting.within(
                    config,
                    "service",
                    service -> Defaulting.pointer(service, "port", Json.of(443))))
        : changed;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.each(
        object.array("webhooks"),
        FieldPath.of("webhooks"),
        (webhook, path) -> {
          String name = webhook.string("name");
          validateWebhook(webhook, path, errors);
          if (!names.add(name)) {
            errors.duplicate(path.child("name"), Json.of(name));
          }
        });
  }

  private static void validateWebhook(JsonObject webhook, FieldPath path, FieldErrors errors) {
    validateName(webhook.string("name"), path.child("name"), errors);
    Elements.each(
        webhook.array("rules"),
        path.child("rules"),
        (rule, at) -> MatchResources.validateRule(rule, at, errors));
    oneOf(webhook, "failurePolicy", FAILURE_POLICIES, path, errors);
    oneOf(webhook, "matchPolicy", MATCH_POLICIES, path, errors);
    if (webhook.string("sideEffects").isEmpty()) {
      errors.required(
          path.child("sideEffects"), "must specify one of " + String.join(", ", SIDE_EFFECTS));
    } else {
      oneOf(webhook, "sideEffects", SIDE_EFFECTS, path, errors);
    }
    long timeout = webhook.integer(TIMEOUT_SECONDS, "timeoutSeconds");
    if (timeout < 1 || timeout > TIMEOUT_SECONDS_MAX) {
      errors.invalid(
          path.child("timeoutSeconds"),
          timeout,
          "the timeout value must be between 1 and 30 seconds");
    }
    for (String selector : new String[] {"namespaceSelector", "objectSelector"}) {
      LabelSelectorValidation.validate(webhook.object(selector), path.child(selector), errors);
    }
    validateReviewVersions(webhook, path.child("admissionReviewVersions"), errors);
    JsonObject config = webhook.object("clientConfig");
    if (config.has("url") == config.has("service")) {
      errors.required(path.child("clientConfig"), "exactly one of url or service is required");
    }
  }

  private static void validateName(String name, FieldPath path, FieldErrors errors) {
    ImmutableList<String> wrong = Names.dns1123Subdomain(name);
    if (name.isEmpty()) {
      errors.required(path, "");
    } else if (!wrong.isEmpty()) {
      errors.invalid(path, name, String.join(",", wrong));
    } else if (name.chars().filter(c -> c == '.').count() < 2) {
      errors.invalid(
          path, name, "should be a domain with at least three segments separated by dots");
    }
  }

  private static void oneOf(
      JsonObject webhook,
      String field,
      ImmutableList<String> allowed,
      FieldPath path,
      FieldErrors errors) {
    if (!allowed.contains(webhook.string(field))) {
      errors.notSupported(path.child(field), webhook.string(field), allowed);
    }
  }

  private static void validateReviewVersions(
      JsonObject webhook, FieldPath path, FieldErrors errors) {
    var versions = webhook.array("admissionReviewVersions");
    if (versions.isEmpty()) {
      errors.required(path, "must specify one of " + String.join(", ", REVIEW_VERSIONS));
    } else if (versions.strings().noneMatch(REVIEW_VERSIONS::contains)) {
      errors.invalid(
          path, versions, "must include at least one of " + String.join(", ", REVIEW_VERSIONS));
    }
  }
}
