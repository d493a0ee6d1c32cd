package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Deletes finished jobs when the time they are kept for has passed. Models
/// pkg/controller/ttlafterfinished.
public final class TtlAfterFinishedController extends Controller {
  public TtlAfterFinishedController() {
    super("ttl-after-finished-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(JobController.JOBS);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return event.object().object("spec").has("ttlSecondsAfterFinished")
        ? Stream.of(key(event.object()))
        : Stream.empty();
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Optional<JsonObject> job =
        context.client().get(JobController.JOBS, namespaceOf(key), nameOf(key));
    Optional<Instant> end =
        job.filter(found -> !ObjectMeta.isBeingDeleted(found))
            .filter(found -> found.object("spec").has("ttlSecondsAfterFinished"))
            .flatMap(
                found ->
                    JobStatus.finished(found)
                        .map(
                            time ->
                                time.plusSeconds(
                                    found.integer(0, "spec", "ttlSecondsAfterFinished"))));
    if (end.isEmpty()) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(context.now(), end.get());
    if (left.isPositive()) {
      return left;
    }
    context
        .client()
        .delete(
            JobController.JOBS,
            namespaceOf(key),
            nameOf(key),
            new DeleteOptions(-1, "Foreground", ObjectMeta.uid(job.orElseThrow())));
    return Duration.ZERO;
  }
}
