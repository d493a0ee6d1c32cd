package dev.drydock.cluster.registry.batch.job;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Defaulting;
import java.util.LinkedHashMap;
import java.util.Map;

/// The labels and the selector that tie pods to their job, by its uid.
///
/// Models generateSelector in pkg/registry/batch/job and validateGeneratedSelector in
/// pkg/apis/batch/validation.
final class GeneratedSelector {
  private static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";

  private GeneratedSelector() {}

  private static Map<String, String> labels(JsonObject job) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(CONTROLLER_UID, ObjectMeta.uid(job));
    labels.put("batch.kubernetes.io/job-name", ObjectMeta.name(job));
    labels.put("controller-uid", ObjectMeta.uid(job));
    labels.put("job-name", ObjectMeta.name(job));
    return labels;
  }

  /// A job without labels gets those of its template, the generated ones among them.
  static JsonObject withLabels(JsonObject job) {
    JsonObject generated = job.bool("spec", "manualSelector") ? job : generated(job);
    JsonObject labels = generated.object("spec", "template", "metadata", "labels");
    return ObjectMeta.labels(job).isEmpty() && !labels.isEmpty()
        ? ObjectMeta.with(generated, "labels", labels)
        : generated;
  }

  private static JsonObject generated(JsonObject job) {
    JsonObject own = job.object("spec", "template", "metadata", "labels");
    JsonObject labels = Defaulting.union(own, JsonObject.ofStrings(labels(job)));
    JsonObject labelled = job.withAt(labels, "spec", "template", "metadata", "labels");
    return labelled.object("spec", "selector", "matchLabels").has(CONTROLLER_UID)
        ? labelled
        : labelled.withAt(
            Json.of(ObjectMeta.uid(job)), "spec", "selector", "matchLabels", CONTROLLER_UID);
  }

  static void validate(JsonObject job, FieldErrors errors) {
    if (job.bool("spec", "manualSelector") || job.at("spec", "selector") == null) {
      return;
    }
    JsonObject own = job.object("spec", "template", "metadata", "labels");
    FieldPath path = FieldPath.of("spec").child("template").child("metadata").child("labels");
    Map<String, String> expected = labels(job);
    expected.forEach(
        (key, value) -> {
          if (!own.has(key)) {
            errors.required(path.key(key), "must be '" + value + "'");
          } else if (!own.string(key).equals(value)) {
            errors.invalid(path.key(key), own, "must be '" + value + "'");
          }
        });
    JsonObject selector = job.object("spec", "selector");
    if (!Selector.ofLabelSelector(selector).matches(expected)) {
      errors.invalid(
          FieldPath.of("spec").child("selector"), selector, "`selector` not auto-generated");
    }
  }
}
