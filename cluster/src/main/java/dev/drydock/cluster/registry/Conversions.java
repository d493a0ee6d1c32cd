package dev.drydock.cluster.registry;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler.HorizontalPodAutoscalerConversion;
import dev.drydock.cluster.registry.core.event.EventConversion;
import dev.drydock.cluster.registry.rest.Conversion;

/// The built-in versions of resources that are stored in another one.
public final class Conversions {
  private static final ImmutableMap<GroupVersionResource, Conversion> BY_RESOURCE =
      ImmutableMap.of(
          new GroupVersion("events.k8s.io", "v1").resource("events"),
          new EventConversion(),
          new GroupVersion("autoscaling", "v1").resource("horizontalpodautoscalers"),
          new HorizontalPodAutoscalerConversion());

  private Conversions() {}

  public static Conversion of(GroupVersionResource resource) {
    return BY_RESOURCE.getOrDefault(resource, Conversion.NONE);
  }
}
