package dev.drydock.cluster.image;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.os.Programs;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The images there are, by repository: the registries of the simulated world, and the programs
/// their files name. Immutable and shared by all clusters.
public final class ImageCatalog {

  /// The images that come with Drydock.
  public static final ImageCatalog BUILT_IN =
      new ImageCatalog(BuiltInImages.repositories(), BuiltInImages.programs());

  private final ImmutableMap<String, Repository> repositories;
  private final Programs programs;

  ImageCatalog(ImmutableMap<String, Repository> repositories, Programs programs) {
    this.repositories = repositories;
    this.programs = programs;
  }

  public Programs programs() {
    return programs;
  }

  /// The image of a reference as a pod spec writes it; empty if no registry has it.
  public Optional<Image> resolve(String text) {
    ImageReference reference = ImageReference.parse(text);
    return Optional.ofNullable(find(reference));
  }

  private @Nullable Image find(ImageReference reference) {
    Repository repository = repositories.get(reference.repository());
    if (repository == null) {
      return null;
    }
    String tag = reference.tag();
    if (tag.isEmpty() || !repository.hasTag().test(tag)) {
      return null;
    }
    String repoDigest = reference.repository() + "@" + digest("manifest " + reference);
    return new Image(
        reference,
        digest("config " + reference),
        repoDigest,
        repository.sizeBytes(),
        repository.config().apply(tag),
        repository.files().apply(tag));
  }

  /// As {@link #resolve}, with containerd's error where there is no such image.
  public Image pull(String text) throws PullException {
    ImageReference reference = ImageReference.parse(text);
    Image image = find(reference);
    if (image != null) {
      return image;
    }
    throw repositories.containsKey(reference.repository())
            || !reference.repository().startsWith("docker.io/")
        ? PullException.noSuchTag(reference)
        : PullException.noSuchRepository(reference);
  }

  private static String digest(String text) {
    return "sha256:" + Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
  }
}
