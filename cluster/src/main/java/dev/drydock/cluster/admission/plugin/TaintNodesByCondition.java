package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Keeps pods off a new node, which is not ready. A node that its own kubelet registers is not
/// tainted: it becomes ready at once here, and upstream its taint is gone within a second or two.
///
/// Models plugin/pkg/admission/nodetaint.
public final class TaintNodesByCondition implements AdmissionPlugin {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("nodes");
  }

  @Override
  public JsonObject admit(JsonObject node, AdmissionRequest request) {
    JsonArray taints = node.array("spec", "taints");
    if (!request.creates()
        || request.user().name().startsWith("system:node:")
        || taints.objects().anyMatch(this::isOurs)) {
      return node;
    }
    JsonObject taint =
        JsonObject.builder().put("key", NOT_READY).put("effect", "NoSchedule").build();
    return node.withAt(taints.plus(taint), "spec", "taints");
  }

  private boolean isOurs(JsonObject taint) {
    return taint.string("key").equals(NOT_READY) && taint.string("effect").equals("NoSchedule");
  }
}
