package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.List;
import java.util.stream.Stream;

/// Reads the parts of a pod that the kubelet cares about.
public final class PodSpecs {
  private PodSpecs() {}

  /// The annotation of a pod that only shows what a node's static pod is.
  static final String MIRROR = "kubernetes.io/config.mirror";

  /// Whether a pod is the API's image of a static pod.
  static boolean isMirror(JsonObject pod) {
    return pod.object("metadata", "annotations").has(MIRROR);
  }

  /// By what the kubelet knows a pod: its uid, or the hash of a static pod, whatever the API calls
  /// its mirror.
  static String uid(JsonObject pod) {
    return isMirror(pod) ? pod.string("metadata", "annotations", MIRROR) : ObjectMeta.uid(pod);
  }

  public static List<JsonObject> containers(JsonObject pod) {
    return pod.array("spec", "containers").objects().toList();
  }

  public static List<JsonObject> initContainers(JsonObject pod) {
    return pod.array("spec", "initContainers").objects().toList();
  }

  /// Every container, those that run before the others first.
  public static Stream<JsonObject> allContainers(JsonObject pod) {
    return Stream.of("initContainers", "containers", "ephemeralContainers")
        .flatMap(list -> pod.array("spec", list).objects());
  }

  public static String restartPolicy(JsonObject pod) {
    return pod.string("spec", "restartPolicy");
  }

  /// Whether an init container goes on running beside the others (a sidecar).
  public static boolean isSidecar(JsonObject initContainer) {
    return initContainer.string("restartPolicy").equals("Always");
  }

  public static boolean isHostNetwork(JsonObject pod) {
    return pod.bool("spec", "hostNetwork");
  }

  /// The field path that events about a container carry.
  public static String fieldPath(JsonObject pod, String container) {
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      boolean here =
          pod.array("spec", list).objects().anyMatch(c -> c.string("name").equals(container));
      if (here) {
        return "spec." + list + "{" + container + "}";
      }
    }
    return "";
  }

  /// The name of a pod as the kubelet's messages write it: `web_default(uid)`.
  public static String fullName(PodRecord pod) {
    return pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
  }
}
