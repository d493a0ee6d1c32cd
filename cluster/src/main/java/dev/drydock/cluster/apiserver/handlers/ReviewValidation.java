package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;

/// What is wrong with a question about access. Models pkg/apis/authorization/validation.
final class ReviewValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");

  private ReviewValidation() {}

  /// Exactly one thing must be asked about.
  static void attributes(JsonObject review) {
    JsonObject spec = review.object("spec");
    FieldErrors errors = new FieldErrors();
    boolean resource = spec.has("resourceAttributes");
    boolean other = spec.has("nonResourceAttributes");
    if (resource && other) {
      errors.invalid(
          SPEC.child("nonResourceAttributes"),
          "cannot be specified in combination with resourceAttributes");
    } else if (!resource && !other) {
      errors.invalid(
          SPEC.child("resourceAttributes"),
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
    refuse(review, errors);
  }

  /// A question about somebody must say about whom, and in the namespace it is asked in.
  static void subject(JsonObject review, ApiResource resource, String namespace) {
    JsonObject spec = review.object("spec");
    FieldErrors errors = new FieldErrors();
    if (spec.string("user").isEmpty() && spec.array("groups").isEmpty()) {
      errors.invalid(SPEC.child("user"), "", "at least one of user or group must be specified");
    }
    String asked = spec.string("resourceAttributes", "namespace");
    if (resource.namespaced() && !asked.equals(namespace)) {
      errors.invalid(
          SPEC.child("resourceAttributes").child("namespace"),
          asked,
          "must match metadata.namespace");
    }
    refuse(review, errors);
  }

  private static void refuse(JsonObject review, FieldErrors errors) {
    if (!errors.isEmpty()) {
      throw StatusException.invalid(
          new GroupResourceName("authorization.k8s.io", review.string("kind"), ""), errors.list());
    }
  }
}
