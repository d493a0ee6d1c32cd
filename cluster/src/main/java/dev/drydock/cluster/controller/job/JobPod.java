package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.PodControl;

/// The next pod of a job; that of an indexed one knows its index. Models
/// pkg/controller/job/indexed_job_utils.go.
final class JobPod {
  private JobPod() {}

  static JsonObject of(JsonObject job) {
    return PodControl.fromTemplate(job.object("spec", "template"), job);
  }

  /// @param failures how often pods of the index have failed; -1 where nobody counts them
  static JsonObject of(JsonObject job, int index, long failures) {
    String name = ObjectMeta.name(job) + "-" + index;
    String text = String.valueOf(index);
    JsonObject pod = ObjectMeta.with(of(job), "generateName", Json.of(name + "-"));
    pod = pod.withAt(Json.of(text), "metadata", "annotations", JobPods.INDEX);
    pod = pod.withAt(Json.of(text), "metadata", "labels", JobPods.INDEX);
    if (failures >= 0) {
      pod =
          pod.withAt(
              Json.of(String.valueOf(failures)), "metadata", "annotations", JobPods.FAILURES);
    }
    JsonObject spec = pod.object("spec").with("hostname", name);
    for (String list : new String[] {"initContainers", "containers"}) {
      if (spec.has(list)) {
        spec = spec.with(list, spec.array(list).map(JobPod::withIndex));
      }
    }
    return pod.with("spec", spec);
  }

  private static Json withIndex(Json container) {
    JsonObject object = (JsonObject) container;
    JsonObject field =
        JsonObject.of("fieldPath", Json.of("metadata.labels['" + JobPods.INDEX + "']"));
    JsonObject variable =
        JsonObject.of(
            "name", Json.of("JOB_COMPLETION_INDEX"), "valueFrom", JsonObject.of("fieldRef", field));
    boolean has =
        object
            .array("env")
            .objects()
            .anyMatch(env -> env.string("name").equals("JOB_COMPLETION_INDEX"));
    return has ? object : object.with("env", object.array("env").plus(variable));
  }
}
