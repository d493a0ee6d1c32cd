package dev.drydock.cluster.printers;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Durations;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Duration;
import java.time.Instant;

/// What cells may look at beside the object: the time. It remembers whether it was asked, so that a
/// cell that does not depend on the time is made once. Used by one thread.
public final class PrintContext {
  private final Instant now;
  private boolean asked;

  public PrintContext(Instant now) {
    this.now = now;
  }

  /// Whether the time was asked for since the last call of this.
  boolean wasAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  public Instant now() {
    asked = true;
    return now;
  }

  /// How long ago the object was created.
  public String age(JsonObject object) {
    return since(object.string("metadata", "creationTimestamp"));
  }

  /// How long ago a time was; `<unknown>` where there is none.
  public String since(String time) {
    Instant until = now();
    return Times.parse(time)
        .map(at -> Durations.human(Duration.between(at, until)))
        .orElse("<unknown>");
  }
}
