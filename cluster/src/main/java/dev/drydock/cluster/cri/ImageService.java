package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.PullException;
import java.time.Duration;
import java.util.Optional;

/// The images on the nodes. Models the CRI's ImageService; when a pull has taken its time is the
/// kubelet's to decide.
public interface ImageService {

  /// The image of a reference in its registry.
  Optional<Image> resolve(String reference);

  /// As {@link #resolve}.
  ///
  /// @throws PullException in containerd's words, gRPC wrapping included, if there is none
  Image pull(String reference) throws PullException;

  /// How long pulling the image takes; depends on its size alone.
  Duration pullDuration(Image image);

  boolean isPresent(String node, String reference);

  void addImage(String node, String reference);

  void removeImage(String node, String reference);

  /// How many images the node has.
  int count(String node);

  /// The images on the node, the largest first.
  ImmutableList<Image> list(String node);
}
