package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prefers nodes that say they have the pod's images. Models plugins/imagelocality.
public final class ImageLocality implements ScorePlugin {
  private static final long MB = 1024 * 1024;
  private static final long MIN_BYTES = 23 * MB;
  private static final long MAX_BYTES_PER_CONTAINER = 1000 * MB;

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    List<String> images =
        pod.array("spec", "containers").objects().map(c -> full(c.string("image"))).toList();
    Map<String, Long> having = new HashMap<>();
    for (String image : images) {
      having.put(image, snapshot.nodes().stream().filter(n -> n.imageBytes(image) > 0).count());
    }
    long all = Math.max(1, snapshot.nodes().size());
    Map<String, Long> scores = new HashMap<>();
    for (NodeInfo node : nodes) {
      long bytes = 0;
      for (String image : images) {
        bytes += share(node.imageBytes(image), having.getOrDefault(image, 0L), all);
      }
      long max = MAX_BYTES_PER_CONTAINER * Math.max(1, images.size());
      long bounded = Math.clamp(bytes, MIN_BYTES, max);
      scores.put(node.name(), Scores.MAX * (bounded - MIN_BYTES) / (max - MIN_BYTES));
    }
    return scores;
  }

  /// The image's size, scaled by how many nodes have it, so that pods do not all go where the first
  /// went.
  private static long share(long bytes, long having, long all) {
    return bytes * having / all;
  }

  private static String full(String image) {
    return image.lastIndexOf(':') > image.lastIndexOf('/') ? image : image + ":latest";
  }
}
