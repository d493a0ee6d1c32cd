package dev.drydock.cluster.registry.rest;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.SelectorText;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;

/// The `scale` of a workload: how many replicas it is to have and has, and how its pods are found.
/// It is the same for every kind that has replicas.
///
/// Models the ScaleREST of pkg/registry/apps and pkg/registry/core/replicationcontroller.
public final class Scales {
  public static final String SUBRESOURCE = "scale";
  public static final GroupVersionKind KIND = new GroupVersionKind("autoscaling", "v1", "Scale");

  private Scales() {}

  /// The scale of an object.
  public static JsonObject of(JsonObject object, ScalePaths paths) {
    String[] selectorPath = ScalePaths.array(paths.selector());
    String selector =
        paths.selector().isEmpty()
            ? ""
            : paths.textual()
                ? object.string(selectorPath)
                : SelectorText.of(object.object(selectorPath));
    JsonObject from = object.object("metadata");
    JsonObject.Builder metadata = JsonObject.builder();
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.putUnlessEmpty(field, from.get(field));
    }
    JsonObject status =
        JsonObject.builder()
            .put("replicas", object.integer(0, ScalePaths.array(paths.status())))
            .putUnlessEmpty("selector", selector)
            .build();
    return JsonObject.builder()
        .put("kind", KIND.kind())
        .put("apiVersion", KIND.apiVersion())
        .put("metadata", metadata.build())
        .put("spec", spec(object.integer(0, ScalePaths.array(paths.spec()))))
        .put("status", status)
        .build();
  }

  private static JsonObject spec(long replicas) {
    return replicas == 0 ? JsonObject.EMPTY : JsonObject.of("replicas", Json.of(replicas));
  }

  /// The object with as many replicas as a scale says, and the identity that the scale claims.
  public static JsonObject into(JsonObject object, JsonObject scale, ScalePaths paths) {
    String[] path = ScalePaths.array(paths.spec());
    return ObjectMeta.change(
            object,
            metadata -> {
              JsonObject.Builder claimed = metadata.toBuilder();
              for (String field : new String[] {"name", "namespace", "resourceVersion"}) {
                String value = scale.string("metadata", field);
                if (value.isEmpty()) {
                  claimed.remove(field);
                } else {
                  claimed.put(field, value);
                }
              }
              return claimed.build();
            })
        .withAt(
            Json.of(scale.integer(0, "spec", "replicas")),
            path[0],
            java.util.Arrays.copyOfRange(path, 1, path.length));
  }

  /// Refuses a scale that makes no sense, or that was meant for another object of the name. Models
  /// ValidateScale of pkg/apis/autoscaling/validation.
  public static void check(JsonObject scale, JsonObject object, GroupResourceName resource) {
    FieldErrors errors = new FieldErrors();
    ObjectMetaValidation.validate(scale, true, _ -> ImmutableList.of(), errors);
    Numbers.nonNegative(scale.object("spec"), "replicas", FieldPath.of("spec"), errors);
    if (!errors.isEmpty()) {
      throw StatusException.invalid(
          new GroupResourceName(KIND.group(), KIND.kind(), resource.name()), errors.list());
    }
    String wanted = ObjectMeta.uid(scale);
    if (!wanted.isEmpty() && !wanted.equals(ObjectMeta.uid(object))) {
      throw StatusException.conflict(
          new GroupResourceName(
              resource.group(), resource.resource() + "/" + SUBRESOURCE, resource.name()),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(wanted, ObjectMeta.uid(object)));
    }
  }
}
