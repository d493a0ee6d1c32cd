package dev.drydock.cluster.image;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The images there are, by repository: the registries of the simulated world. Immutable and shared
/// by all clusters.
public final class ImageCatalog {

  /// The images that come with Drydock.
  public static final ImageCatalog BUILT_IN =
      new ImageCatalog(
          ImmutableMap.of(
              "docker.io/library/busybox", ImageConfig.command("sh"),
              "docker.io/library/nginx", ImageConfig.command("nginx", "-g", "daemon off;"),
              "gcr.io/kuar-demo/kuard-amd64", ImageConfig.command("/kuard")));

  private final ImmutableMap<String, ImageConfig> repositories;

  private ImageCatalog(ImmutableMap<String, ImageConfig> repositories) {
    this.repositories = repositories;
  }

  /// The image of a reference as a pod spec writes it; empty if no registry has it.
  public Optional<Image> resolve(String text) {
    ImageReference reference = ImageReference.parse(text);
    ImageConfig config = repositories.get(reference.repository());
    if (config == null || reference.tag().startsWith("no")) {
      return Optional.empty();
    }
    String id = digest("config " + reference);
    String repoDigest = reference.repository() + "@" + digest("manifest " + reference);
    return Optional.of(new Image(reference, id, repoDigest, 2_000_000, config));
  }

  /// As {@link #resolve}, with containerd's error where there is no such image.
  public Image pull(String text) throws PullException {
    ImageReference reference = ImageReference.parse(text);
    Optional<Image> image = resolve(text);
    if (image.isPresent()) {
      return image.get();
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
