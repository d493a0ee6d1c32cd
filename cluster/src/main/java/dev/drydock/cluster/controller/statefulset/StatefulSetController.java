package dev.drydock.cluster.controller.statefulset;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.controller.history.ControllerHistory;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the pods of StatefulSets, each with its name, its place in the order and its claims.
/// Models pkg/controller/statefulset; claims are retained whatever becomes of their pods.
public final class StatefulSetController extends Controller {
  private static final String SETS = "statefulsets.apps";

  public StatefulSetController() {
    super("statefulset-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(SETS) || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return event.resource().equals(SETS)
        ? Stream.of(key(event.object()))
        : Owners.keys(event, context.client(), SETS, "StatefulSet", Owners.Selecting::ofSpec);
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
    JsonObject update = history.current();
    JsonObject current =
        history.revisions().stream()
            .filter(r -> ObjectMeta.name(r).equals(set.string("status", "currentRevision")))
            .findFirst()
            .orElse(update);
    try {
      new StatefulSync(
              client, recorder(context), context.now(), set, current, update, pods(client, set))
          .run();
    } finally {
      write(set, current, update, context);
    }
    history.cleanUp(hashesInUse(client, set, current, update));
    long minReadySeconds = set.integer(0, "spec", "minReadySeconds");
    return pods(client, set).values().stream()
        .map(pod -> Pods.untilAvailable(pod, minReadySeconds, context.now()))
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static TreeMap<Long, JsonObject> pods(Client client, JsonObject set) {
    TreeMap<Long, JsonObject> pods = new TreeMap<>();
    for (JsonObject pod : Owners.claim(client, "pods", set, Owners.Selecting.ofSpec(set))) {
      long ordinal = StatefulPod.ordinal(set, pod);
      if (ordinal >= 0) {
        pods.put(ordinal, pod);
      }
    }
    return pods;
  }

  private static void write(
      JsonObject set, JsonObject current, JsonObject update, ComponentContext context) {
    JsonObject status =
        StatefulSetStatus.of(
            set,
            ObjectMeta.name(current),
            ObjectMeta.name(update),
            pods(context.client(), set).values(),
            context.now());
    if (!status.equals(set.object("status"))) {
      context.client().updateStatus(SETS, set.with("status", status));
    }
  }

  private static Set<String> hashesInUse(
      Client client, JsonObject set, JsonObject current, JsonObject update) {
    Stream<String> ofPods =
        pods(client, set).values().stream()
            .map(StatefulPod::hash)
            .map(name -> name.substring(name.lastIndexOf('-') + 1));
    Stream<String> ofSet = Stream.of(current, update).map(ControllerHistory::hash);
    return Stream.concat(ofPods, ofSet).collect(Collectors.toSet());
  }
}
