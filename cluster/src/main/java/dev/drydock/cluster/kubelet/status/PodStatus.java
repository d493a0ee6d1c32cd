package dev.drydock.cluster.kubelet.status;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.ContainerStatus;
import dev.drydock.cluster.kubelet.NodeRegistration;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import dev.drydock.cluster.loop.ComponentContext;
import java.util.List;

/// The status of a pod as its containers are now. Models kubelet.generateAPIPodStatus and the
/// status manager, which writes it when it differs.
public final class PodStatus {
  private final NodeRegistration node;
  private final JsonObject pod;
  private final PodRecord record;
  private final ComponentContext context;
  private final JsonObject status;

  public PodStatus(
      NodeRegistration node, JsonObject pod, PodRecord record, ComponentContext context) {
    this.node = node;
    this.pod = pod;
    this.record = record;
    this.context = context;
    this.status = generate();
  }

  /// Whether no container will ever run again.
  public boolean hasEnded() {
    String phase = status.string("phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// Writes the status, if it is another than the API knows.
  public void report() {
    JsonObject current =
        context.client().get("pods", record.namespace(), record.name()).orElse(pod);
    if (status.equals(current.object("status"))) {
      return;
    }
    try {
      context.client().updateStatus("pods", current.with("status", status));
    } catch (StatusException e) {
      // The pod was deleted meanwhile, or its status is refused; the next sync reports again.
    }
  }

  private JsonObject generate() {
    ContainerStatuses containers = new ContainerStatuses(pod, record, context.runtime());
    JsonArray initStatuses = containers.of("initContainers");
    JsonArray statuses = containers.of("containers");
    JsonArray ephemeral = containers.of("ephemeralContainers");
    boolean failed = record.failure().isPresent();
    String phase = failed ? "Failed" : phase(initStatuses, statuses);
    JsonObject before = pod.object("status");
    JsonObject.Builder generated = before.toBuilder();
    generated.put("observedGeneration", pod.integer(1, "metadata", "generation"));
    generated.put("phase", phase);
    generated.put(
        "conditions",
        new PodConditions(pod, record, context.now()).of(phase, initStatuses, statuses));
    if (failed) {
      generated.put("reason", record.failure().reason());
      generated.put("message", record.failure().message());
    }
    addresses(generated);
    if (!before.has("startTime")) {
      generated.put("startTime", Times.seconds(context.now()));
    }
    generated.putUnlessEmpty("initContainerStatuses", initStatuses);
    generated.put("containerStatuses", statuses);
    generated.putUnlessEmpty("ephemeralContainerStatuses", ephemeral);
    generated.put("resources", JsonObject.EMPTY);
    return generated.build();
  }

  private void addresses(JsonObject.Builder generated) {
    generated.put("hostIP", node.address());
    generated.put("hostIPs", JsonArray.of(JsonObject.of("ip", Json.of(node.address()))));
    if (!record.ip().isEmpty()) {
      generated.put("podIP", record.ip());
      generated.put("podIPs", JsonArray.of(JsonObject.of("ip", Json.of(record.ip()))));
    }
  }

  /// Models kubelet.getPhase.
  private String phase(JsonArray initStatuses, JsonArray statuses) {
    String policy = PodSpecs.restartPolicy(pod);
    List<JsonObject> inits = PodSpecs.initContainers(pod);
    for (int i = 0; i < inits.size(); i++) {
      JsonObject init = (JsonObject) initStatuses.get(i);
      boolean sidecar = PodSpecs.isSidecar(inits.get(i));
      boolean done =
          sidecar
              ? init.bool("started") || init.at("state", "terminated") != null
              : init.at("state", "terminated") != null
                  && init.integer(1, "state", "terminated", "exitCode") == 0;
      if (!done) {
        boolean failed = init.at("state", "terminated") != null && policy.equals("Never");
        return failed ? "Failed" : "Pending";
      }
    }
    return phaseOfContainers(statuses, policy);
  }

  private static String phaseOfContainers(JsonArray statuses, String policy) {
    int running = 0;
    int waiting = 0;
    int stopped = 0;
    int succeeded = 0;
    for (JsonObject container : statuses.objects().toList()) {
      if (container.at("state", "running") != null) {
        running++;
      } else if (container.at("state", "terminated") != null) {
        stopped++;
        succeeded += container.integer(1, "state", "terminated", "exitCode") == 0 ? 1 : 0;
      } else if (container.at("lastState", "terminated") != null) {
        stopped++;
      } else {
        waiting++;
      }
    }
    if (waiting > 0) {
      return "Pending";
    }
    if (running > 0 || stopped == 0) {
      return running > 0 ? "Running" : "Pending";
    }
    return switch (policy) {
      case "Always" -> "Running";
      case "Never" -> succeeded == stopped ? "Succeeded" : "Failed";
      default -> succeeded == stopped ? "Succeeded" : "Running";
    };
  }

  /// The `terminated` state of a container that has ended.
  public static JsonObject terminated(ContainerStatus container, ContainerState.Exited end) {
    return JsonObject.builder()
        .put("exitCode", end.exitCode())
        .put("reason", end.reason())
        .putUnlessEmpty("message", end.message())
        .put("startedAt", Times.seconds(end.startedAt()))
        .put("finishedAt", Times.seconds(end.finishedAt()))
        .put("containerID", "containerd://" + container.id())
        .build();
  }
}
