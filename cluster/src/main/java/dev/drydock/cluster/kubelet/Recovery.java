package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.cri.ContainerRuntime;
import java.util.Set;

/// What a kubelet that has just started knows of a pod: what the pod's status says of containers
/// that the runtime still has. Of a pod that is new to the node there is nothing.
///
/// Models what kubelet.HandlePodAdditions and the runtime cache find after a restart.
final class Recovery {
  private static final String CONTAINER = "containerd://";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private Recovery() {}

  static PodRecord of(JsonObject pod, String uid, ContainerRuntime runtime) {
    PodRecord record = PodRecord.of(ObjectMeta.namespace(pod), ObjectMeta.name(pod), uid);
    for (String list :
        new String[] {"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"}) {
      boolean again = list.startsWith("init") && isInitializedAnew(pod);
      for (JsonObject status : pod.array("status", list).objects().toList()) {
        String id = status.string("containerID");
        if (id.startsWith(CONTAINER)
            && runtime.containerStatus(id.substring(CONTAINER.length())).isPresent()) {
          String name = status.string("name");
          record = record.with(name, again ? anew(pod, status) : found(status));
        }
      }
    }
    return withFailure(record, pod.object("status"));
  }

  private static ContainerRecord found(JsonObject status) {
    String id = status.string("containerID");
    JsonObject last = status.object("lastState", "terminated");
    // While a container waits to be started again its own end is its last.
    return ContainerRecord.found(
        id.substring(CONTAINER.length()),
        (int) status.integer(0, "restartCount"),
        last.string("containerID").equals(id) ? JsonObject.EMPTY : last);
  }

  /// A pod whose sandbox is gone is initialized again before its containers start again.
  private static boolean isInitializedAnew(JsonObject pod) {
    return !PodSpecs.restartPolicy(pod).equals("Never")
        && !ENDED.contains(pod.string("status", "phase"));
  }

  /// A sidecar is started again like any other container; an init container runs from the start.
  private static ContainerRecord anew(JsonObject pod, JsonObject status) {
    boolean sidecar =
        PodSpecs.initContainers(pod).stream()
            .anyMatch(c -> c.string("name").equals(status.string("name")) && PodSpecs.isSidecar(c));
    JsonObject ended = status.object("state", "terminated");
    if (sidecar || ended.isEmpty()) {
      return found(status);
    }
    return ContainerRecord.found("", (int) status.integer(0, "restartCount") + 1, ended);
  }

  /// A pod that the kubelet had put an end to stays ended.
  private static PodRecord withFailure(PodRecord record, JsonObject status) {
    String reason = status.string("reason");
    return status.string("phase").equals("Failed") && !reason.isEmpty()
        ? record.failing(
            new PodRecord.Failure(reason, status.string("message"), reason.equals("Evicted")))
        : record;
  }
}
