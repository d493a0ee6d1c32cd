package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.volume.Claims;
import dev.drydock.cluster.volume.VolumeMatching;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How the claims of a pod that wait for it get their volumes on one node. Models PodVolumes of
/// plugins/volumebinding/binder.go.
///
/// @param bindings volumes that exist, by claim
/// @param provisions claims for which a volume is to be made
public record VolumePlan(
    ImmutableMap<JsonObject, JsonObject> bindings, ImmutableList<JsonObject> provisions) {

  /// Empty when not every claim can be served on this node.
  static Optional<VolumePlan> of(ImmutableList<JsonObject> claims, JsonObject node, Client client) {
    Map<JsonObject, JsonObject> bindings = new LinkedHashMap<>();
    ImmutableList.Builder<JsonObject> provisions = ImmutableList.builder();
    Set<String> taken = new HashSet<>();
    List<JsonObject> volumes = claims.isEmpty() ? List.of() : client.list(Claims.VOLUMES, "");
    List<JsonObject> smallestFirst =
        claims.stream().sorted(Comparator.comparing(Claims::requested)).toList();
    for (JsonObject claim : smallestFirst) {
      String selected = Claims.annotation(claim, Claims.SELECTED_NODE);
      if (!selected.isEmpty() && !selected.equals(ObjectMeta.name(node))) {
        return Optional.empty();
      }
      Optional<JsonObject> volume =
          selected.isEmpty()
              ? VolumeMatching.find(claim, volumes, taken, v -> reaches(v, node), false)
              : Optional.empty();
      if (volume.isPresent()) {
        taken.add(ObjectMeta.name(volume.get()));
        bindings.put(claim, volume.get());
      } else if (canProvision(claim, node, client)) {
        provisions.add(claim);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new VolumePlan(ImmutableMap.copyOf(bindings), provisions.build()));
  }

  /// Whether a node can use a volume.
  static boolean reaches(JsonObject volume, JsonObject node) {
    JsonObject required = volume.object("spec", "nodeAffinity", "required");
    return required.isEmpty() || NodeSelectors.matches(required, node);
  }

  private static boolean canProvision(JsonObject claim, JsonObject node, Client client) {
    return Claims.storageClass(claim, client)
        .filter(c -> !c.string("provisioner").equals(Claims.NO_PROVISIONER))
        .filter(c -> allows(c, node))
        .isPresent();
  }

  /// Whether the class's allowed topologies include the node.
  private static boolean allows(JsonObject storageClass, JsonObject node) {
    List<JsonObject> terms = storageClass.array("allowedTopologies").objects().toList();
    return terms.isEmpty()
        || terms.stream()
            .anyMatch(
                term ->
                    term.array("matchLabelExpressions")
                        .objects()
                        .allMatch(
                            e ->
                                e.array("values")
                                    .strings()
                                    .anyMatch(
                                        v ->
                                            v.equals(
                                                ObjectMeta.labels(node).get(e.string("key"))))));
  }

  /// Writes the plan: volumes get their claims, and provisioners their node.
  public void write(JsonObject node, Client client) {
    bindings.forEach(
        (claim, volume) -> {
          if (volume.string("spec", "claimRef", "uid").isEmpty()) {
            client.update(Claims.VOLUMES, Claims.reserved(volume, claim));
          }
        });
    for (JsonObject claim : provisions) {
      if (!Claims.hasAnnotation(claim, Claims.SELECTED_NODE)) {
        client.update(
            Claims.RESOURCE,
            Claims.withAnnotation(claim, Claims.SELECTED_NODE, ObjectMeta.name(node)));
      }
    }
  }
}
