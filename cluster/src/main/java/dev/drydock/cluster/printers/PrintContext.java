package dev.drydock.cluster.printers;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Durations;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Duration;
import java.time.Instant;

/// What cells may look at beside the object: the time.
public record PrintContext(Instant now) {

  /// How long ago the object was created.
  public String age(JsonObject object) {
    return since(object.string("metadata", "creationTimestamp"));
  }

  /// How long ago a time was; `<unknown>` where there is none.
  public String since(String time) {
    return Times.parse(time)
        .map(at -> Durations.human(Duration.between(at, now)))
        .orElse("<unknown>");
  }
}
