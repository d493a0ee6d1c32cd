package dev.drydock.cluster.controller.replicaset;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.PodControl;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps as many pods as a ReplicaSet asks for: creates what is missing, deletes what is too much,
/// adopts orphans that match and releases pods that no longer do.
///
/// Models pkg/controller/replicaset. It reads what the API says now and so needs no expectations,
/// and creates all missing pods at once, where upstream starts slowly.
public class ReplicaSetController extends Controller {
  private static final int BURST = 500;

  private final String resource;
  private final String kind;

  public ReplicaSetController() {
    this("replicaset-controller", "replicasets.apps", "ReplicaSet");
  }

  /// For a kind that is a ReplicaSet in all but name.
  protected ReplicaSetController(String name, String resource, String kind) {
    super(name);
    this.resource = resource;
    this.kind = kind;
  }

  protected Selector selector(JsonObject owner) {
    return Owners.Selecting.ofSpec(owner);
  }

  @Override
  public final boolean watches(String watched) {
    return watched.equals(resource) || watched.equals("pods");
  }

  @Override
  protected final Stream<String> keys(WatchEvent event, ComponentContext context) {
    return event.resource().equals(resource)
        ? Stream.of(key(event.object()))
        : Owners.keys(event, context.client(), resource, kind, this::selector);
  }

  @Override
  protected final Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> found = client.get(resource, namespaceOf(key), nameOf(key));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject owner = found.get();
    List<JsonObject> pods = Owners.claim(client, "pods", owner, selector(owner));
    List<JsonObject> active = pods.stream().filter(Pods::isActive).toList();
    long difference = owner.integer(0, "spec", "replicas") - active.size();
    Optional<StatusException> failure =
        ObjectMeta.isBeingDeleted(owner)
            ? Optional.empty()
            : manage(owner, active, difference, context);
    Instant now = context.now();
    Optional<Long> terminating =
        kind.equals("ReplicaSet")
            ? Optional.of(pods.stream().filter(Pods::isTerminating).count())
            : Optional.empty();
    JsonObject status = ReplicaSetStatus.of(owner, active, terminating, failure, difference, now);
    if (!status.equals(owner.object("status"))) {
      client.updateStatus(resource, owner.with("status", status));
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    long minReadySeconds = owner.integer(0, "spec", "minReadySeconds");
    return active.stream()
        .map(pod -> Pods.untilAvailable(pod, minReadySeconds, now))
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// @return why pods could not be created or deleted, if so
  private Optional<StatusException> manage(
      JsonObject owner, List<JsonObject> active, long difference, ComponentContext context) {
    PodControl control = new PodControl(context.client(), recorder(context));
    try {
      for (long i = 0; i < Math.min(difference, BURST); i++) {
        control.create(PodControl.fromTemplate(owner.object("spec", "template"), owner), owner);
      }
      if (difference < 0) {
        for (JsonObject pod : toDelete(owner, active, -difference, context)) {
          control.delete(pod, owner);
        }
      }
      return Optional.empty();
    } catch (StatusException e) {
      return Optional.of(e);
    }
  }

  private List<JsonObject> toDelete(
      JsonObject owner, List<JsonObject> active, long count, ComponentContext context) {
    ImmutableMap<String, Integer> related = related(owner, context.client());
    return active.stream()
        .sorted(new DeletionOrder(related, context.now()))
        .limit(Math.min(count, BURST))
        .toList();
  }

  /// The pods on each node that belong to the owner or its siblings, which have the same owner.
  private ImmutableMap<String, Integer> related(JsonObject owner, Client client) {
    String namespace = ObjectMeta.namespace(owner);
    Optional<String> above = ObjectMeta.controllerOf(owner).map(o -> o.string("uid"));
    Collection<JsonObject> family =
        above.isEmpty()
            ? List.of(owner)
            : client.list(resource, namespace).stream()
                .filter(o -> ObjectMeta.controllerOf(o).map(c -> c.string("uid")).equals(above))
                .toList();
    Map<String, Integer> counts = new HashMap<>();
    family.stream()
        .flatMap(o -> client.controlled("pods", namespace, ObjectMeta.uid(o)).stream())
        .filter(Pods::isActive)
        .forEach(pod -> counts.merge(pod.string("spec", "nodeName"), 1, Integer::sum));
    return ImmutableMap.copyOf(counts);
  }
}
