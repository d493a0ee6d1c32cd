package dev.drydock.cluster.scheduler.framework;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// What the scheduler asks of a pod.
public final class Pods {
  private Pods() {}

  /// `namespace/name`.
  public static String key(JsonObject pod) {
    return ObjectMeta.namespace(pod) + "/" + ObjectMeta.name(pod);
  }

  public static long priority(JsonObject pod) {
    return pod.integer(0, "spec", "priority");
  }

  public static boolean isAssigned(JsonObject pod) {
    return !pod.string("spec", "nodeName").isEmpty();
  }

  public static boolean hasEnded(JsonObject pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
