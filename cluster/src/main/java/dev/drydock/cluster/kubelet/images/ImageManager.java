package dev.drydock.cluster.kubelet.images;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.cri.ImageService;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.PullException;
import dev.drydock.cluster.kubelet.Backoff;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;

/// Sees to it that a container's image is on the node, as its pull policy says. Models
/// pkg/kubelet/images/image_manager.go.
public final class ImageManager {
  private final String node;
  private final ComponentContext context;
  private final EventRecorder events;
  private final EventRecorder.Subject subject;

  public ImageManager(
      String node, ComponentContext context, EventRecorder events, EventRecorder.Subject subject) {
    this.node = node;
    this.context = context;
    this.events = events;
    this.subject = subject;
  }

  /// Where the image is.
  public sealed interface Result {}

  /// On the node.
  public record Present() implements Result {}

  /// Being pulled, for that much longer.
  public record Underway(Pull pull, Duration left) implements Result {}

  /// Not to be had now.
  ///
  /// @param reason of the waiting container, as `ErrImagePull`
  public record Failed(Pull pull, String reason, String message) implements Result {}

  public Result ensure(JsonObject container, Pull pull) {
    return switch (pull) {
      case Pull.None _ -> begin(container, Backoff.NONE);
      case Pull.Running running -> finish(container, running);
      case Pull.Failed failed -> retry(container, failed);
    };
  }

  private Result begin(JsonObject container, Backoff backoff) {
    String image = container.string("image");
    String policy = container.string("imagePullPolicy");
    boolean present = images().isPresent(node, image);
    if (present && !policy.equals("Always")) {
      events.normal(
          subject,
          "Pulled",
          "Container image \"%s\" already present on machine and can be accessed by the pod"
              .formatted(image));
      return new Present();
    }
    if (policy.equals("Never")) {
      String message =
          "Container image \"%s\" is not present with pull policy of Never".formatted(image);
      events.warning(subject, "ErrImageNeverPull", message);
      events.warning(subject, "Failed", "Error: ErrImageNeverPull");
      return new Failed(Pull.NONE, "ErrImageNeverPull", message);
    }
    return pull(image, present, backoff);
  }

  private Result pull(String image, boolean present, Backoff backoff) {
    events.normal(subject, "Pulling", "Pulling image \"%s\"".formatted(image));
    Image resolved;
    try {
      resolved = images().pull(image);
    } catch (PullException e) {
      String message = String.valueOf(e.getMessage());
      events.warning(
          subject, "Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
      events.warning(subject, "Failed", "Error: ErrImagePull");
      Instant now = context.now();
      return new Failed(
          new Pull.Failed(message, now, backoff.next(now, now)), "ErrImagePull", message);
    }
    // What is on the node already is only checked against the registry.
    Duration takes = present ? Duration.ofMillis(150) : images().pullDuration(resolved);
    Pull.Running running = new Pull.Running(context.now(), context.now().plus(takes));
    return new Underway(running, takes);
  }

  private Result finish(JsonObject container, Pull.Running running) {
    Duration left = Duration.between(context.now(), running.until());
    if (left.isPositive()) {
      return new Underway(running, left);
    }
    String image = container.string("image");
    images().addImage(node, image);
    String took = duration(Duration.between(running.since(), context.now()));
    long size = images().resolve(image).map(Image::sizeBytes).orElse(0L);
    events.normal(
        subject,
        "Pulled",
        "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
            .formatted(image, took, took, size));
    return new Present();
  }

  /// As Go prints durations, cut to milliseconds: `1.203s`, `154ms`.
  private static String duration(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1000 ? millis + "ms" : trimmed(millis / 1000.0) + "s";
  }

  private static String trimmed(double seconds) {
    String text = String.format(java.util.Locale.ROOT, "%.3f", seconds);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private Result retry(JsonObject container, Pull.Failed failed) {
    if (!failed.backoff().isWaiting(failed.at(), context.now())) {
      return begin(container, failed.backoff());
    }
    String image = container.string("image");
    String message = "Back-off pulling image \"%s\"".formatted(image);
    events.normal(subject, "BackOff", message);
    events.warning(subject, "Failed", "Error: ImagePullBackOff");
    return new Failed(failed, "ImagePullBackOff", message + ": ErrImagePull: " + failed.message());
  }

  private ImageService images() {
    return context.runtime().images();
  }
}
