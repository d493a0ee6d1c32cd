package dev.drydock.cluster.registry.apps.statefulset;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.core.persistentvolumeclaim.ClaimSpecValidation;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.workload.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks stateful sets.
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
    Elements.each(
        spec.array("volumeClaimTemplates"),
        SPEC.child("volumeClaimTemplates"),
        (claim, at) ->
            ClaimSpecValidation.validate(claim.object("spec"), at.child("spec"), errors));
    Numbers.nonNegative(spec, "replicas", SPEC, errors);
    Numbers.nonNegative(spec, "minReadySeconds", SPEC, errors);
    long start = spec.integer(0, "ordinals", "start");
    if (start < 0) {
      errors.invalid(SPEC.child("ordinals.start"), start, Numbers.NEGATIVE);
    }
    String service = spec.string("serviceName");
    if (!service.isEmpty()) {
      errors.invalid(SPEC.child("serviceName"), service, Names.dns1123Label(service));
    }
    LabelSelectorValidation.validateNonEmpty(
        spec, SPEC.child("selector"), "empty selector is invalid for statefulset", errors);
    Templates.validate(withClaimVolumes(spec), SPEC, "StatefulSet", errors);
    Numbers.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
  }

  /// The template is checked with a volume for each claim template; such a one hides a volume of
  /// the template that has its name.
  private static JsonObject withClaimVolumes(JsonObject spec) {
    Map<String, Json> claims = new LinkedHashMap<>();
    spec.array("volumeClaimTemplates")
        .objects()
        .forEach(claim -> claims.put(ObjectMeta.name(claim), claimVolume(ObjectMeta.name(claim))));
    if (claims.isEmpty()) {
      return spec;
    }
    List<Json> volumes = new ArrayList<>(claims.values());
    spec.array("template", "spec", "volumes")
        .objects()
        .filter(volume -> !claims.containsKey(volume.string("name")))
        .forEach(volumes::add);
    return spec.withAt(JsonArray.copyOf(volumes), "template", "spec", "volumes");
  }

  private static JsonObject claimVolume(String name) {
    return JsonObject.of(
        "name", Json.of(name), "persistentVolumeClaim", JsonObject.of("claimName", Json.of(name)));
  }

  private static void validateStrategy(JsonObject strategy, FieldPath path, FieldErrors errors) {
    FieldPath rolling = path.child("rollingUpdate");
    switch (strategy.string("type")) {
      case "" -> errors.required(path, "");
      case "OnDelete" -> {
        if (strategy.has("rollingUpdate")) {
          errors.invalid(
              rolling,
              InternalTypes.of(
                  "RollingUpdateStatefulSetStrategy", strategy.object("rollingUpdate")),
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
              InternalTypes.of("StatefulSetUpdateStrategy", strategy),
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
