package dev.drydock.cluster.registry.apps.statefulset;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;
import dev.drydock.cluster.registry.core.pod.GoStruct;
import dev.drydock.cluster.registry.core.pod.PodTemplateValidation;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.workload.Templates;

/// Checks stateful sets. Of the template only metadata and restart policy are checked here: its
/// volumes come from the claim templates, and the pods are checked when they are made.
///
/// Models ValidateStatefulSetSpec in pkg/apis/apps/validation.
final class StatefulSetValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> RETENTION = ImmutableList.of("Retain", "Delete");
  private static final ImmutableList<String> MUTABLE =
      ImmutableList.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  private StatefulSetValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    String management = spec.string("podManagementPolicy");
    if (!management.equals("OrderedReady") && !management.equals("Parallel")) {
      errors.invalid(
          SPEC.child("podManagementPolicy"), management, "must be 'OrderedReady' or 'Parallel'");
    }
    validateStrategy(spec.object("updateStrategy"), SPEC.child("updateStrategy"), errors);
    FieldPath retention = SPEC.child("persistentVolumeClaimRetentionPolicy");
    for (String field : new String[] {"whenDeleted", "whenScaled"}) {
      Choices.optional(
          spec.object("persistentVolumeClaimRetentionPolicy"),
          field,
          retention.child(field),
          RETENTION,
          errors);
    }
    Numbers.nonNegative(spec, "replicas", SPEC, errors);
    Numbers.nonNegative(spec, "minReadySeconds", SPEC, errors);
    long start = spec.integer(0, "ordinals", "start");
    if (start < 0) {
      errors.invalid(SPEC.child("ordinals.start"), start, Numbers.NEGATIVE);
    }
    LabelSelectorValidation.validateNonEmpty(
        spec, SPEC.child("selector"), "empty selector is invalid for statefulset", errors);
    validateTemplate(spec, SPEC.child("template"), errors);
    Numbers.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
  }

  private static void validateTemplate(JsonObject spec, FieldPath path, FieldErrors errors) {
    JsonObject template = spec.object("template");
    Templates.validateLabels(spec, path, errors);
    ObjectMetaValidation.validateLabels(ObjectMeta.labels(template), path.child("labels"), errors);
    PodTemplateValidation.validateAnnotations(template, path.child("annotations"), errors);
    Templates.validateRunsForever(template, path, "StatefulSet", errors);
  }

  private static void validateStrategy(JsonObject strategy, FieldPath path, FieldErrors errors) {
    FieldPath rolling = path.child("rollingUpdate");
    switch (strategy.string("type")) {
      case "" -> errors.required(path, "");
      case "OnDelete" -> {
        if (strategy.has("rollingUpdate")) {
          errors.invalid(
              rolling,
              GoStruct.of(strategy.object("rollingUpdate"), "partition", "maxUnavailable"),
              "only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      case "RollingUpdate" -> {
        JsonObject update = strategy.object("rollingUpdate");
        Numbers.nonNegative(update, "partition", rolling, errors);
        Json unavailable = update.get("maxUnavailable");
        if (unavailable != null) {
          FieldPath at = rolling.child("maxUnavailable");
          Numbers.countOrPercent(unavailable, at, errors);
          if (Numbers.isZero(unavailable)) {
            errors.invalid(at, unavailable, "cannot be 0");
          }
          Numbers.notMoreThanAll(unavailable, at, errors);
        }
      }
      default ->
          errors.invalid(
              path,
              GoStruct.of(strategy, "type", "rollingUpdate"),
              "must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  static void validateUpdate(JsonObject spec, JsonObject old, FieldErrors errors) {
    JsonObject munged = spec;
    for (String field : MUTABLE) {
      munged = Strategy.withFieldOf(munged, old, field);
    }
    if (!munged.equals(old)) {
      errors.forbidden(
          SPEC,
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
              + " 'updateStrategy', 'revisionHistoryLimit',"
              + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }
  }
}
