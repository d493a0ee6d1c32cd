package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pods that belong together with a pod: those of its Services and of its controller. Models
/// plugins/helper/spread.go.
final class PodOwners {
  private PodOwners() {}

  /// Selects them; empty when the pod belongs to nothing.
  static Optional<Selector> selector(JsonObject pod, Client client) {
    List<Selector> selectors = new ArrayList<>();
    String namespace = ObjectMeta.namespace(pod);
    for (JsonObject service : client.list("services", namespace)) {
      Selector selector = Selector.ofLabels(service.strings("spec", "selector"));
      if (!selector.isEverything() && selector.matches(ObjectMeta.labels(pod))) {
        selectors.add(selector);
      }
    }
    ObjectMeta.controllerOf(pod)
        .flatMap(owner -> ofController(owner, namespace, client))
        .ifPresent(selectors::add);
    return selectors.stream()
        .reduce(
            (a, b) ->
                new Selector(
                    ImmutableList.<Selector.Requirement>builder()
                        .addAll(a.requirements())
                        .addAll(b.requirements())
                        .build()));
  }

  private static Optional<Selector> ofController(
      JsonObject owner, String namespace, Client client) {
    String name = owner.string("name");
    return switch (owner.string("kind")) {
      case "ReplicationController" ->
          client
              .get("replicationcontrollers", namespace, name)
              .map(object -> Selector.ofLabels(object.strings("spec", "selector")));
      case "ReplicaSet" -> ofSpec(client.get("replicasets.apps", namespace, name));
      case "StatefulSet" -> ofSpec(client.get("statefulsets.apps", namespace, name));
      default -> Optional.empty();
    };
  }

  private static Optional<Selector> ofSpec(Optional<JsonObject> owner) {
    return owner.map(object -> Selector.ofLabelSelector(object.object("spec", "selector")));
  }
}
