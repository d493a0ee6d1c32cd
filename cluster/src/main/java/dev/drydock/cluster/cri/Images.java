package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.ImageReference;
import dev.drydock.cluster.image.PullException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// The images on the nodes.
final class Images implements ImageService {
  private static final long PULL_MILLIS_MIN = 350;
  private static final long BYTES_PER_MILLI = 20_000;

  private final RuntimeWork work;

  Images(RuntimeWork work) {
    this.work = work;
  }

  @Override
  public Optional<Image> resolve(String reference) {
    return work.catalog.resolve(reference);
  }

  @Override
  public Image pull(String reference) throws PullException {
    return work.catalog.pull(reference);
  }

  @Override
  public Duration pullDuration(Image image) {
    return Duration.ofMillis(PULL_MILLIS_MIN + image.sizeBytes() / BYTES_PER_MILLI);
  }

  @Override
  public boolean isPresent(String node, String reference) {
    return work.node(node).images().contains(normal(reference));
  }

  @Override
  public void addImage(String node, String reference) {
    NodeRuntime old = work.node(node);
    work.put(old.withImages(old.images().plus(normal(reference))));
  }

  @Override
  public void removeImage(String node, String reference) {
    NodeRuntime old = work.node(node);
    work.put(old.withImages(old.images().minus(normal(reference))));
  }

  @Override
  public int count(String node) {
    return work.node(node).images().size();
  }

  @Override
  public ImmutableList<Image> list(String node) {
    return work.node(node).images().stream()
        .flatMap(reference -> resolve(reference).stream())
        .sorted(
            Comparator.comparingLong(Image::sizeBytes)
                .reversed()
                .thenComparing(image -> image.reference().toString()))
        .collect(ImmutableList.toImmutableList());
  }

  private static String normal(String reference) {
    return ImageReference.parse(reference).toString();
  }
}
