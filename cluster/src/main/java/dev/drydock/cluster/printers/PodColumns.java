package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The table of pods. Models printPod.
final class PodColumns {
  static final ImmutableList<Column> COLUMNS =
      ImmutableList.of(
          Column.named(),
          Column.of(
              "Ready",
              "The aggregate readiness state of this pod for accepting traffic.",
              (pod, _) -> Summary.of(pod).readyText()),
          Column.of(
              "Status",
              "The aggregate status of the containers in this pod.",
              (pod, _) -> Summary.of(pod).reason()),
          Column.of(
              "Restarts",
              "The number of times the containers in this pod have been restarted and when the last"
                  + " container in this pod has restarted.",
              (pod, context) -> Summary.of(pod).restartsText(context)),
          Column.age(),
          Column.of(
                  "IP",
                  "podIP address allocated to the pod. Routable at least within the cluster. Empty if"
                      + " not yet allocated.",
                  (pod, _) -> orNone(pod.string("status", "podIP")))
              .wide(),
          Column.of(
                  "Node",
                  "NodeName indicates in which node this pod is scheduled. If empty, this pod is a"
                      + " candidate for scheduling by the scheduler defined in schedulerName. Once"
                      + " this field is set, the kubelet for this node becomes responsible for the"
                      + " lifecycle of this pod. This field should not be used to express a desire"
                      + " for the pod to be scheduled on a specific node."
                      + " https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename",
                  (pod, _) -> orNone(pod.string("spec", "nodeName")))
              .wide(),
          Column.of(
                  "Nominated Node",
                  "nominatedNodeName is set only when this pod preempts other pods on the node, but it"
                      + " cannot be scheduled right away as preemption victims receive their graceful"
                      + " termination periods. This field does not guarantee that the pod will be"
                      + " scheduled on this node. Scheduler may decide to place the pod elsewhere if"
                      + " other nodes become available sooner. Scheduler may also decide to give the"
                      + " resources on this node to a higher priority pod that is created after"
                      + " preemption. As a result, this field may be different than PodSpec.nodeName"
                      + " when the pod is scheduled.",
                  (pod, _) -> orNone(pod.string("status", "nominatedNodeName")))
              .wide(),
          Column.of(
                  "Readiness Gates",
                  "If specified, all readiness gates will be evaluated for pod readiness. A pod is"
                      + " ready when all its containers are ready AND all conditions specified in the"
                      + " readiness gates have status equal to \"True\" More info:"
                      + " https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates",
                  (pod, _) -> readinessGates(pod))
              .wide());

  private PodColumns() {}

  static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private static String readinessGates(JsonObject pod) {
    List<String> gates =
        pod.array("spec", "readinessGates")
            .objects()
            .map(gate -> gate.string("conditionType"))
            .toList();
    if (gates.isEmpty()) {
      return "<none>";
    }
    long met =
        gates.stream()
            .filter(
                gate ->
                    pod.array("status", "conditions")
                        .objects()
                        .anyMatch(
                            c ->
                                c.string("type").equals(gate) && c.string("status").equals("True")))
            .count();
    return met + "/" + gates.size();
  }

  /// What the containers of a pod amount to.
  private record Summary(
      int ready, int total, long restarts, Optional<Instant> lastRestart, String reason) {

    String readyText() {
      return ready + "/" + total;
    }

    String restartsText(PrintContext context) {
      return restarts > 0 && lastRestart.isPresent()
          ? "%d (%s ago)".formatted(restarts, context.since(Times.seconds(lastRestart.get())))
          : Long.toString(restarts);
    }

    static Summary of(JsonObject pod) {
      return new PodSummarizer(pod).summarize();
    }
  }

  /// Walks through the container statuses as printPod does, where a later one overrides an earlier.
  private static final class PodSummarizer {
    private final JsonObject pod;
    private String reason;
    private int ready;
    private int total;
    private long restarts;
    private long restartableInitRestarts;
    private Optional<Instant> lastRestart = Optional.empty();
    private Optional<Instant> lastRestartableInitRestart = Optional.empty();

    PodSummarizer(JsonObject pod) {
      this.pod = pod;
      String phase = pod.string("status", "phase");
      this.reason =
          pod.string("status", "reason").isEmpty() ? phase : pod.string("status", "reason");
      this.total = pod.array("spec", "containers").size();
    }

    Summary summarize() {
      if (pod.array("status", "conditions")
          .objects()
          .anyMatch(
              c ->
                  c.string("type").equals("PodScheduled")
                      && c.string("reason").equals("SchedulingGated"))) {
        reason = "SchedulingGated";
      }
      boolean initializing = initContainers();
      if (!initializing || isInitialized()) {
        restarts = restartableInitRestarts;
        lastRestart = lastRestartableInitRestart;
        containers();
      }
      deletion();
      return new Summary(ready, total, restarts, lastRestart, reason);
    }

    private boolean isInitialized() {
      return pod.array("status", "conditions")
          .objects()
          .anyMatch(
              c -> c.string("type").equals("Initialized") && c.string("status").equals("True"));
    }

    private boolean isRestartableInit(String name) {
      return pod.array("spec", "initContainers")
          .objects()
          .anyMatch(
              c -> c.string("name").equals(name) && c.string("restartPolicy").equals("Always"));
    }

    private boolean initContainers() {
      List<String> restartable =
          pod.array("spec", "initContainers")
              .objects()
              .filter(c -> c.string("restartPolicy").equals("Always"))
              .map(c -> c.string("name"))
              .toList();
      total += restartable.size();
      int initTotal = pod.array("spec", "initContainers").size();
      int index = 0;
      boolean initializing = false;
      for (JsonObject status : pod.array("status", "initContainerStatuses").objects().toList()) {
        countRestarts(status);
        String name = status.string("name");
        if (isRestartableInit(name)) {
          restartableInitRestarts += status.integer(0, "restartCount");
          lastRestartableInitRestart = later(lastRestartableInitRestart, lastRestartOf(status));
        }
        JsonObject terminated = status.object("state", "terminated");
        JsonObject waiting = status.object("state", "waiting");
        boolean hasTerminated = status.at("state", "terminated") != null;
        if (hasTerminated && terminated.integer(0, "exitCode") == 0) {
          index++;
          continue;
        }
        if (isRestartableInit(name) && status.bool("started")) {
          if (status.bool("ready")) {
            ready++;
          }
          index++;
          continue;
        }
        if (hasTerminated) {
          reason = "Init:" + terminatedReason(terminated);
        } else if (!waiting.string("reason").isEmpty()
            && !waiting.string("reason").equals("PodInitializing")) {
          reason = "Init:" + waiting.string("reason");
        } else {
          reason = "Init:%d/%d".formatted(index, initTotal);
        }
        initializing = true;
        break;
      }
      return initializing;
    }

    private static String terminatedReason(JsonObject terminated) {
      if (!terminated.string("reason").isEmpty()) {
        return terminated.string("reason");
      }
      long signal = terminated.integer(0, "signal");
      return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.integer(0, "exitCode");
    }

    private void containers() {
      boolean hasRunning = false;
      for (JsonObject status :
          pod.array("status", "containerStatuses").objects().toList().reversed()) {
        countRestarts(status);
        JsonObject terminated = status.object("state", "terminated");
        String waiting = status.string("state", "waiting", "reason");
        if (!waiting.isEmpty()) {
          reason = waiting;
        } else if (status.at("state", "terminated") != null) {
          reason = terminatedReason(terminated);
        } else if (status.bool("ready") && status.at("state", "running") != null) {
          hasRunning = true;
          ready++;
        }
      }
      if (reason.equals("Completed") && hasRunning) {
        reason = isReady() ? "Running" : "NotReady";
      }
    }

    private boolean isReady() {
      return pod.array("status", "conditions")
          .objects()
          .anyMatch(c -> c.string("type").equals("Ready") && c.string("status").equals("True"));
    }

    private void deletion() {
      if (pod.at("metadata", "deletionTimestamp") == null) {
        return;
      }
      String phase = pod.string("status", "phase");
      if (pod.string("status", "reason").equals("NodeLost")) {
        reason = "Unknown";
      } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
        reason = "Terminating";
      }
    }

    private void countRestarts(JsonObject status) {
      restarts += status.integer(0, "restartCount");
      lastRestart = later(lastRestart, lastRestartOf(status));
    }

    private static Optional<Instant> lastRestartOf(JsonObject status) {
      return Times.parse(status.string("lastState", "terminated", "finishedAt"));
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
      return a.isPresent() && (b.isEmpty() || a.get().isAfter(b.get())) ? a : b;
    }
  }

  static String joined(List<String> parts) {
    return parts.isEmpty() ? "<none>" : parts.stream().collect(Collectors.joining(","));
  }
}
