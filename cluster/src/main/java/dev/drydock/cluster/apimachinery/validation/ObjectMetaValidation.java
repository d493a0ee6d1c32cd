package dev.drydock.cluster.apimachinery.validation;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Checks the metadata of an object. Models apimachinery/pkg/api/validation.ValidateObjectMeta and
/// ValidateObjectMetaUpdate.
public final class ObjectMetaValidation {
  private static final FieldPath METADATA = FieldPath.of("metadata");

  /// The total size of all annotations, keys and values.
  private static final int ANNOTATIONS_BYTES_MAX = 256 * (1 << 10);

  private static final ImmutableList<String> STANDARD_FINALIZERS =
      ImmutableList.of("kubernetes", "orphan", "foregroundDeletion");

  private ObjectMetaValidation() {}

  public static void validate(
      JsonObject object,
      boolean namespaced,
      Function<String, ImmutableList<String>> validateName,
      FieldErrors errors) {
    String name = ObjectMeta.name(object);
    String generateName = object.string("metadata", "generateName");
    if (!generateName.isEmpty()) {
      String prefix = generateName.replaceAll("-$", "a");
      validateName
          .apply(prefix)
          .forEach(wrong -> errors.invalid(METADATA.child("generateName"), generateName, wrong));
    }
    if (name.isEmpty()) {
      errors.required(METADATA.child("name"), "name or generateName is required");
    } else {
      validateName.apply(name).forEach(w -> errors.invalid(METADATA.child("name"), name, w));
    }
    validateNamespace(object, namespaced, errors);
    validateLabels(object, errors);
    validateAnnotations(object, errors);
    validateOwners(object, errors);
    validateFinalizers(object, errors);
  }

  private static void validateNamespace(JsonObject object, boolean namespaced, FieldErrors errors) {
    String namespace = ObjectMeta.namespace(object);
    FieldPath path = METADATA.child("namespace");
    if (!namespaced) {
      if (!namespace.isEmpty()) {
        errors.forbidden(path, "not allowed on this type");
      }
    } else if (namespace.isEmpty()) {
      errors.required(path, "");
    } else {
      Names.dns1123Label(namespace).forEach(wrong -> errors.invalid(path, namespace, wrong));
    }
  }

  private static void validateLabels(JsonObject object, FieldErrors errors) {
    validateLabels(ObjectMeta.labels(object), METADATA.child("labels"), errors);
  }

  /// Checks labels wherever they stand, such as in a pod template or a selector.
  public static void validateLabels(
      Map<String, String> labels, FieldPath path, FieldErrors errors) {
    labels.forEach(
        (key, value) -> {
          Names.qualifiedName(key).forEach(wrong -> errors.invalid(path, key, wrong));
          Names.labelValue(value).forEach(wrong -> errors.invalid(path, value, wrong));
        });
  }

  private static void validateAnnotations(JsonObject object, FieldErrors errors) {
    validateAnnotations(ObjectMeta.annotations(object), METADATA.child("annotations"), errors);
  }

  /// Checks annotations wherever they stand, such as in a pod template.
  public static void validateAnnotations(
      Map<String, String> annotations, FieldPath path, FieldErrors errors) {
    long bytes = 0;
    for (Map.Entry<String, String> entry : annotations.entrySet()) {
      String key = entry.getKey();
      Names.qualifiedName(key.toLowerCase(Locale.ROOT))
          .forEach(wrong -> errors.invalid(path, key, wrong));
      bytes += key.getBytes(StandardCharsets.UTF_8).length;
      bytes += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > ANNOTATIONS_BYTES_MAX) {
      errors.tooLong(path, ANNOTATIONS_BYTES_MAX);
    }
  }

  private static void validateOwners(JsonObject object, FieldErrors errors) {
    FieldPath path = METADATA.child("ownerReferences");
    String controller = "";
    for (JsonObject owner : ObjectMeta.ownerReferences(object).objects().toList()) {
      for (String field : new String[] {"apiVersion", "kind", "name", "uid"}) {
        if (owner.string(field).isEmpty()) {
          errors.invalid(
              path.child(field),
              "",
              field.equals("apiVersion") ? "version must not be empty" : "must not be empty");
        }
      }
      if (owner.string("apiVersion").equals("v1") && owner.string("kind").equals("Event")) {
        errors.invalid(
            path,
            InternalTypes.of("OwnerReference", owner),
            "/v1, Kind=Event is disallowed from being an owner");
      }
      if (owner.bool("controller")) {
        if (!controller.isEmpty()) {
          errors.invalid(
              path,
              ObjectMeta.ownerReferences(object),
              "Only one reference can have Controller set to true. Found \"true\" in references for "
                  + controller
                  + " and "
                  + owner.string("kind")
                  + "/"
                  + owner.string("name"));
        }
        controller = owner.string("kind") + "/" + owner.string("name");
      }
    }
  }

  private static void validateFinalizers(JsonObject object, FieldErrors errors) {
    FieldPath path = METADATA.child("finalizers");
    int index = 0;
    for (String finalizer : ObjectMeta.finalizers(object).strings().toList()) {
      FieldPath at = path.index(index++);
      Names.qualifiedName(finalizer).forEach(wrong -> errors.invalid(at, finalizer, wrong));
      if (!finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
        errors.invalid(
            at, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }

  /// What an update may not change.
  public static void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    for (String field : new String[] {"name", "namespace", "uid", "creationTimestamp"}) {
      immutable(field, object, old, errors);
    }
    for (String field : new String[] {"deletionTimestamp", "deletionGracePeriodSeconds"}) {
      immutable(field, object, old, errors);
    }
    if (ObjectMeta.isBeingDeleted(old)) {
      validateNoNewFinalizers(object, old, errors);
    }
    long generation = object.integer(0, "metadata", "generation");
    if (generation < old.integer(0, "metadata", "generation")) {
      errors.invalid(METADATA.child("generation"), generation, "must not be decremented");
    }
  }

  private static void validateNoNewFinalizers(
      JsonObject object, JsonObject old, FieldErrors errors) {
    var before = ObjectMeta.finalizers(old).strings().toList();
    var added = ObjectMeta.finalizers(object).strings().filter(f -> !before.contains(f)).toList();
    if (!added.isEmpty()) {
      errors.forbidden(
          METADATA.child("finalizers"),
          "no new finalizers can be added if the object is being deleted, found new finalizers "
              + "[]string{"
              + String.join(", ", added.stream().map(FieldErrors::quote).toList())
              + "}");
    }
  }

  private static void immutable(
      String field, JsonObject object, JsonObject old, FieldErrors errors) {
    Json now = object.at("metadata", field);
    if (!Objects.equals(now, old.at("metadata", field))) {
      errors.invalid(METADATA.child(field), now == null ? Json.of("") : now, "field is immutable");
    }
  }
}
