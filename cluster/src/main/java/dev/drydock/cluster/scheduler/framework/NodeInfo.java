package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// A node and the pods assigned to it, with the sums over these, made when first asked for. Models
/// framework.NodeInfo.
public final class NodeInfo {
  private final JsonObject node;
  private final ImmutableList<JsonObject> pods;
  private final ConcurrentMap<Counted, Long> counts = new ConcurrentHashMap<>();
  private volatile @Nullable ImmutableList<JsonObject> podsWithAffinity;
  private volatile @Nullable ImmutableMap<String, Long> imageBytes;
  private volatile @Nullable Map<String, Quantity> requested;
  private volatile @Nullable Map<String, Quantity> nonZeroRequested;

  private record Counted(String namespace, Selector selector) {}

  public NodeInfo(JsonObject node, ImmutableList<JsonObject> pods) {
    this.node = node;
    this.pods = pods;
  }

  public JsonObject node() {
    return node;
  }

  public ImmutableList<JsonObject> pods() {
    return pods;
  }

  /// Those of the pods that ask for others near them, or away from them.
  public ImmutableList<JsonObject> podsWithAffinity() {
    ImmutableList<JsonObject> known = podsWithAffinity;
    if (known == null) {
      known =
          pods.stream()
              .filter(pod -> pod.object("spec").has("affinity"))
              .collect(ImmutableList.toImmutableList());
      podsWithAffinity = known;
    }
    return known;
  }

  /// How many pods of a namespace a selector matches, without those on their way out.
  public long matching(String namespace, Selector selector) {
    return counts.computeIfAbsent(new Counted(namespace, selector), this::count);
  }

  private long count(Counted counted) {
    return pods.stream()
        .filter(pod -> ObjectMeta.namespace(pod).equals(counted.namespace()))
        .filter(pod -> !ObjectMeta.isBeingDeleted(pod))
        .filter(pod -> counted.selector().matches(ObjectMeta.labels(pod)))
        .count();
  }

  /// The size of an image that the node says it has; 0 for another.
  public long imageBytes(String image) {
    ImmutableMap<String, Long> known = imageBytes;
    if (known == null) {
      known = images();
      imageBytes = known;
    }
    return known.getOrDefault(image, 0L);
  }

  private ImmutableMap<String, Long> images() {
    ImmutableMap.Builder<String, Long> images = ImmutableMap.builder();
    for (JsonObject image : node.array("status", "images").objects().toList().reversed()) {
      long bytes = image.integer(0, "sizeBytes");
      image.array("names").strings().forEach(name -> images.put(name, bytes));
    }
    return images.buildKeepingLast();
  }

  public String name() {
    return ObjectMeta.name(node);
  }

  public Map<String, String> labels() {
    return ObjectMeta.labels(node);
  }

  public NodeInfo withPods(ImmutableList<JsonObject> others) {
    return new NodeInfo(node, others);
  }

  /// How much there is of a resource for pods.
  public Quantity allocatable(String resource) {
    String text = node.string("status", "allocatable", resource);
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }

  /// What the pods request, by resource.
  public Map<String, Quantity> requested() {
    Map<String, Quantity> known = requested;
    if (known == null) {
      known = PodRequests.sum(pods);
      requested = known;
    }
    return known;
  }

  /// The same, with a little CPU and memory for each container that requests none.
  public Map<String, Quantity> nonZeroRequested() {
    Map<String, Quantity> known = nonZeroRequested;
    if (known == null) {
      known = PodRequests.sumNonZero(pods);
      nonZeroRequested = known;
    }
    return known;
  }
}
