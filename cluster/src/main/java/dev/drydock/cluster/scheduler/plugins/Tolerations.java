package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Whether a pod's tolerations tolerate a taint. Models v1.Toleration.ToleratesTaint.
public final class Tolerations {
  private Tolerations() {}

  public static boolean tolerate(JsonObject pod, JsonObject taint) {
    return pod.array("spec", "tolerations").objects().anyMatch(t -> tolerates(t, taint));
  }

  private static boolean tolerates(JsonObject toleration, JsonObject taint) {
    String effect = toleration.string("effect");
    if (!effect.isEmpty() && !effect.equals(taint.string("effect"))) {
      return false;
    }
    String key = toleration.string("key");
    if (!key.isEmpty() && !key.equals(taint.string("key"))) {
      return false;
    }
    return toleration.string("operator").equals("Exists")
        || toleration.string("value").equals(taint.string("value"));
  }
}
