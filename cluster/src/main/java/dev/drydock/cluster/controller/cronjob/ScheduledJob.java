package dev.drydock.cluster.controller.cronjob;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.controller.Owners;
import java.time.Instant;

/// The job of a cron job for one of its times, named after it so that there is never a second.
/// Models getJobFromTemplate2.
final class ScheduledJob {
  private ScheduledJob() {}

  static String name(JsonObject cronJob, Instant time) {
    return ObjectMeta.name(cronJob) + "-" + time.getEpochSecond() / 60;
  }

  static JsonObject of(JsonObject cronJob, Instant time) {
    JsonObject template = cronJob.object("spec", "jobTemplate");
    JsonObject annotations =
        template
            .object("metadata", "annotations")
            .with("batch.kubernetes.io/cronjob-scheduled-timestamp", Times.seconds(time));
    JsonObject metadata =
        JsonObject.builder()
            .put("name", name(cronJob, time))
            .put("namespace", ObjectMeta.namespace(cronJob))
            .putUnlessEmpty("labels", template.object("metadata", "labels"))
            .put("annotations", annotations)
            .put("ownerReferences", JsonArray.of(Owners.reference(cronJob)))
            .build();
    return JsonObject.of("metadata", metadata, "spec", template.object("spec"));
  }
}
