package dev.drydock.cluster.kubelet.status;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.PodSpecs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The conditions of a pod. Models pkg/kubelet/status/generate.go.
final class PodConditions {
  private final JsonObject pod;
  private final PodRecord record;
  private final Instant now;

  PodConditions(JsonObject pod, PodRecord record, Instant now) {
    this.pod = pod;
    this.record = record;
    this.now = now;
  }

  /// Why a condition is what it is; both empty when it is as it should be.
  private record Because(boolean holds, String reason, String message) {
    static final Because WELL = new Because(true, "", "");
  }

  JsonArray of(String phase, JsonArray initStatuses, JsonArray statuses) {
    Because ready = ready(phase, statuses);
    boolean sandbox =
        !record.sandboxId().isEmpty()
            && !record.removed()
            && !phase.equals("Succeeded")
            && !phase.equals("Failed");
    List<JsonObject> conditions = new ArrayList<>();
    conditions.add(condition("PodReadyToStartContainers", new Because(sandbox, "", "")));
    conditions.add(condition("Initialized", initialized(phase, initStatuses)));
    conditions.add(condition("Ready", withGates(ready)));
    conditions.add(condition("ContainersReady", ready));
    if (record.failure().evicted()) {
      conditions.add(
          condition(
              "DisruptionTarget",
              new Because(true, "TerminationByKubelet", record.failure().message())));
    }
    pod.array("status", "conditions")
        .objects()
        .filter(c -> conditions.stream().noneMatch(o -> o.string("type").equals(c.string("type"))))
        .forEach(conditions::add);
    return JsonArray.copyOf(conditions);
  }

  private static Because ready(String phase, JsonArray statuses) {
    if (phase.equals("Succeeded")) {
      return new Because(false, "PodCompleted", "");
    }
    if (phase.equals("Failed")) {
      return new Because(false, "PodFailed", "");
    }
    List<String> unready =
        statuses.objects().filter(c -> !c.bool("ready")).map(c -> c.string("name")).toList();
    return unready.isEmpty()
        ? Because.WELL
        : new Because(
            false,
            "ContainersNotReady",
            "containers with unready status: [%s]".formatted(String.join(" ", unready)));
  }

  private Because withGates(Because ready) {
    List<String> gates =
        pod.array("spec", "readinessGates")
            .objects()
            .map(gate -> gate.string("conditionType"))
            .filter(gate -> !isTrue(gate))
            .toList();
    if (!ready.holds() || gates.isEmpty()) {
      return ready;
    }
    String message =
        String.join(
            ", ",
            gates.stream()
                .map(
                    gate ->
                        "corresponding condition of pod readiness gate \""
                            + gate
                            + "\" does not exist.")
                .toList());
    return new Because(false, "ReadinessGatesNotReady", message);
  }

  private boolean isTrue(String type) {
    return pod.array("status", "conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }

  private Because initialized(String phase, JsonArray initStatuses) {
    if (phase.equals("Succeeded")) {
      return new Because(true, "PodCompleted", "");
    }
    List<String> incomplete = new ArrayList<>();
    List<JsonObject> inits = PodSpecs.initContainers(pod);
    for (int i = 0; i < inits.size(); i++) {
      JsonObject status = (JsonObject) initStatuses.get(i);
      boolean done =
          PodSpecs.isSidecar(inits.get(i)) ? status.bool("started") : status.bool("ready");
      if (!done) {
        incomplete.add(status.string("name"));
      }
    }
    return incomplete.isEmpty()
        ? Because.WELL
        : new Because(
            false,
            "ContainersNotInitialized",
            "containers with incomplete status: [%s]".formatted(String.join(" ", incomplete)));
  }

  private JsonObject condition(String type, Because because) {
    String status = because.holds() ? "True" : "False";
    Json since =
        pod.array("status", "conditions")
            .objects()
            .filter(c -> c.string("type").equals(type) && c.string("status").equals(status))
            .map(c -> c.get("lastTransitionTime"))
            .findFirst()
            .orElse(Json.of(Times.seconds(now)));
    return JsonObject.builder()
        .put("type", type)
        .put("observedGeneration", pod.integer(1, "metadata", "generation"))
        .put("status", status)
        .put("lastProbeTime", JsonNull.NULL)
        .put("lastTransitionTime", since)
        .putUnlessEmpty("reason", because.reason())
        .putUnlessEmpty("message", because.message())
        .build();
  }
}
