package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Lets a pod stay for five minutes on a node that is not ready or cannot be reached.
///
/// Models plugin/pkg/admission/defaulttolerationseconds.
public final class DefaultTolerationSeconds implements AdmissionPlugin {
  private static final long SECONDS = 300;

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods");
  }

  @Override
  public JsonObject admit(JsonObject pod, AdmissionRequest request) {
    if (!request.creates("pods")) {
      return pod;
    }
    JsonArray tolerations = pod.array("spec", "tolerations");
    for (String taint :
        new String[] {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
      if (tolerations.objects().noneMatch(toleration -> tolerates(toleration, taint))) {
        tolerations = tolerations.plus(toleration(taint));
      }
    }
    return pod.withAt(tolerations, "spec", "tolerations");
  }

  private static boolean tolerates(JsonObject toleration, String taint) {
    String key = toleration.string("key");
    String effect = toleration.string("effect");
    return (key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals("NoExecute"));
  }

  private static JsonObject toleration(String taint) {
    return JsonObject.builder()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", SECONDS)
        .build();
  }
}
