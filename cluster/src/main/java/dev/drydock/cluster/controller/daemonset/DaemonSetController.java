package dev.drydock.cluster.controller.daemonset;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.client.record.EventRecorder.Subject;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.PodControl;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.controller.history.ControllerHistory;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps one pod of a DaemonSet on every node it is meant for. Models pkg/controller/daemon; a
/// rolling update replaces old pods within maxUnavailable, and does not surge.
public final class DaemonSetController extends Controller {
  private static final String SETS = "daemonsets.apps";

  public DaemonSetController() {
    super("daemon-set-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(SETS) || resource.equals("pods") || resource.equals("nodes");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return switch (event.resource()) {
      case SETS -> Stream.of(key(event.object()));
      case "nodes" -> ofNode(event, context.client());
      default -> Owners.keys(event, context.client(), SETS, "DaemonSet", Owners.Selecting::ofSpec);
    };
  }

  /// A heartbeat of a node changes nothing; its labels, its taints, its coming and going do.
  private static Stream<String> ofNode(WatchEvent event, Client client) {
    boolean same =
        event.type() == WatchEvent.Type.MODIFIED
            && event.object().object("spec").equals(event.previous().object("spec"))
            && ObjectMeta.labels(event.object()).equals(ObjectMeta.labels(event.previous()));
    return same ? Stream.empty() : client.list(SETS, "").stream().map(Controller::key);
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> found = client.get(SETS, namespaceOf(key), nameOf(key));
    if (found.isEmpty() || ObjectMeta.isBeingDeleted(found.get())) {
      return Duration.ZERO;
    }
    JsonObject set = found.get();
    ControllerHistory history = new ControllerHistory(client, set);
    String hash = ControllerHistory.hash(history.current());
    EventRecorder events = new EventRecorder(client, context.now(), "daemonset-controller", "");
    PodControl control = new PodControl(client, events);

    nodes(client, set).forEach(node -> manage(node, set, hash, control));
    if (set.string("spec", "updateStrategy", "type").equals("RollingUpdate")) {
      RollingUpdate.of(set, hash, nodes(client, set), context.now())
          .forEach(pod -> control.delete(pod, set));
    }
    List<NodePods> nodes = nodes(client, set);
    history.cleanUp(hashesInUse(nodes, hash));
    JsonObject status = DaemonSetStatus.of(set, hash, nodes, context.now());
    if (!status.equals(set.object("status"))) {
      client.updateStatus(SETS, set.with("status", status));
    }
    return untilAvailable(set, nodes, context);
  }

  private static Set<String> hashesInUse(List<NodePods> nodes, String current) {
    Stream<String> hashes =
        nodes.stream()
            .flatMap(node -> node.pods().stream())
            .map(pod -> ObjectMeta.labels(pod).getOrDefault(ControllerHistory.HASH, ""));
    return Stream.concat(hashes, Stream.of(current)).collect(Collectors.toSet());
  }

  private static List<NodePods> nodes(Client client, JsonObject set) {
    List<JsonObject> pods = Owners.claim(client, "pods", set, Owners.Selecting.ofSpec(set));
    return client.list("nodes", "").stream().map(node -> NodePods.of(node, set, pods)).toList();
  }

  private static void manage(NodePods node, JsonObject set, String hash, PodControl control) {
    if (!node.mayStay()) {
      node.pods().forEach(pod -> control.delete(pod, set));
    } else if (node.pods().isEmpty() && node.shouldRun()) {
      control.create(DaemonPod.of(set, hash, node.name()), set);
    } else {
      node.pods().stream().filter(Pods::hasEnded).forEach(pod -> replaceEnded(pod, set, control));
      node.pods().stream().filter(Pods::isActive).skip(1).forEach(pod -> control.delete(pod, set));
    }
  }

  private static void replaceEnded(JsonObject pod, JsonObject set, PodControl control) {
    if (ObjectMeta.isBeingDeleted(pod)) {
      return;
    }
    boolean failed = Pods.phase(pod).equals("Failed");
    String message =
        "Found %s daemon pod %s/%s on node %s, will try to %s it"
            .formatted(
                failed ? "failed" : "succeeded",
                ObjectMeta.namespace(pod),
                ObjectMeta.name(pod),
                DaemonPod.node(pod),
                failed ? "kill" : "delete");
    if (failed) {
      control.events().warning(Subject.of(set), "FailedDaemonPod", message);
    } else {
      control.events().normal(Subject.of(set), "SucceededDaemonPod", message);
    }
    control.delete(pod, set);
  }

  private static Duration untilAvailable(
      JsonObject set, List<NodePods> nodes, ComponentContext context) {
    long minReadySeconds = set.integer(0, "spec", "minReadySeconds");
    return nodes.stream()
        .flatMap(node -> node.pods().stream())
        .map(pod -> Pods.untilAvailable(pod, minReadySeconds, context.now()))
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
