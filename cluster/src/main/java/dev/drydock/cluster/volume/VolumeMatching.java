package dev.drydock.cluster.volume;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds the volume that suits a claim best: the smallest that is large enough, of those with the
/// fewest access modes beyond what is asked for.
///
/// Models FindMatchingVolume of component-helpers/storage/volume.
public final class VolumeMatching {
  private static final Comparator<JsonObject> BEST_FIRST =
      Comparator.comparingInt((JsonObject v) -> v.array("spec", "accessModes").size())
          .thenComparing(Claims::capacity)
          .thenComparing(ObjectMeta::name);

  private VolumeMatching() {}

  /// @param taken names of volumes that are spoken for
  /// @param reachable whether the pod's node can use a volume; always true when there is no node
  /// @param onlyReserved whether only a volume kept for this very claim counts
  public static Optional<JsonObject> find(
      JsonObject claim,
      Collection<JsonObject> volumes,
      Set<String> taken,
      Predicate<JsonObject> reachable,
      boolean onlyReserved) {
    List<JsonObject> candidates =
        volumes.stream()
            .filter(volume -> !taken.contains(ObjectMeta.name(volume)))
            .filter(volume -> !Claims.isClaimed(volume) || Claims.isBoundTo(volume, claim))
            .filter(volume -> !ObjectMeta.isBeingDeleted(volume))
            .filter(volume -> Claims.capacity(volume).compareTo(Claims.requested(claim)) >= 0)
            .filter(volume -> mode(volume).equals(mode(claim)))
            .filter(volume -> offersAccessModes(volume, claim))
            .toList();
    Optional<JsonObject> reserved =
        candidates.stream().filter(volume -> Claims.isBoundTo(volume, claim)).findFirst();
    if (reserved.isPresent() || onlyReserved) {
      return reserved.filter(reachable);
    }
    Selector selector = Selector.ofLabelSelector(claim.object("spec", "selector"));
    return candidates.stream()
        .filter(volume -> volume.string("status", "phase").equals("Available"))
        .filter(volume -> selector.matches(ObjectMeta.labels(volume)))
        .filter(volume -> Claims.className(volume).equals(Claims.className(claim)))
        .filter(reachable)
        .min(BEST_FIRST);
  }

  static String mode(JsonObject object) {
    String mode = object.string("spec", "volumeMode");
    return mode.isEmpty() ? "Filesystem" : mode;
  }

  static boolean offersAccessModes(JsonObject volume, JsonObject claim) {
    Set<String> offered = volume.array("spec", "accessModes").strings().collect(Collectors.toSet());
    return claim.array("spec", "accessModes").strings().allMatch(offered::contains);
  }

  /// Why a volume named by a claim does not suit it; empty when it does.
  public static String mismatch(JsonObject volume, JsonObject claim) {
    if (Claims.capacity(volume).compareTo(Claims.requested(claim)) < 0) {
      return "requested PV is too small";
    }
    if (!Claims.className(volume).equals(Claims.className(claim))) {
      return "storageClassName does not match";
    }
    if (!mode(volume).equals(mode(claim))) {
      return "incompatible volumeMode";
    }
    return offersAccessModes(volume, claim) ? "" : "incompatible accessMode";
  }
}
