package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.persistentvolumeclaim.ClaimWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Warns of volumes that are hardly meant: two keys that become one file, claims of half a byte.
///
/// Models warningsForOverlappingVirtualPaths in pkg/api/pod/warnings.go.
final class VolumeWarnings {
  private final Consumer<String> warnings;

  VolumeWarnings(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /// @param path of the volume
  void claim(JsonObject volume, FieldPath path) {
    JsonObject claim = volume.object("ephemeral", "volumeClaimTemplate");
    FieldPath at = path.child("ephemeral").child("volumeClaimTemplate").child("spec");
    ClaimWarnings.ofSpec(claim.object("spec"), at, warnings);
  }

  void overlaps(JsonObject volume) {
    String name = "volume " + FieldErrors.quote(volume.string("name"));
    JsonObject map = volume.object("configMap");
    JsonObject secret = volume.object("secret");
    check(paths(map), name + called(" (ConfigMap %s)", map.string("name")));
    check(paths(secret), name + called(" (Secret %s)", secret.string("secretName")));
    check(paths(volume.object("downwardAPI")), name + " (DownwardAPI)");
    if (volume.has("projected")) {
      projected(volume.array("projected", "sources").objects().toList(), name);
    }
  }

  private static String called(String what, String name) {
    return what.formatted(FieldErrors.quote(name));
  }

  private static List<String> paths(JsonObject source) {
    return source.array("items").objects().map(item -> item.string("path")).toList();
  }

  private void projected(List<JsonObject> sources, String name) {
    TreeSet<String> all = new TreeSet<>();
    for (JsonObject source : sources) {
      if (source.isEmpty()) {
        warnings.accept(name + " (Projected) has no sources provided");
      }
      List<String> own = pathsOfProjection(source);
      if (!own.isEmpty()) {
        String what = name + projection(source);
        check(own, what);
        TreeSet<String> together = new TreeSet<>(own);
        List<String> ordered = new ArrayList<>(together);
        ordered.addAll(all);
        ordered.sort(String::compareTo);
        check(ordered, what);
        all.addAll(together);
      }
    }
  }

  private static List<String> pathsOfProjection(JsonObject source) {
    for (String kind : new String[] {"configMap", "secret", "downwardAPI"}) {
      if (source.object(kind).has("items")) {
        return paths(source.object(kind));
      }
    }
    for (String kind : new String[] {"serviceAccountToken", "clusterTrustBundle"}) {
      if (source.has(kind)) {
        return List.of(source.string(kind, "path"));
      }
    }
    return List.of();
  }

  private static String projection(JsonObject source) {
    JsonObject bundle = source.object("clusterTrustBundle");
    if (source.has("configMap")) {
      return called(" (Projected ConfigMap %s)", source.string("configMap", "name"));
    }
    if (source.has("secret")) {
      return called(" (Projected Secret %s)", source.string("secret", "name"));
    }
    if (source.has("downwardAPI")) {
      return " (Projected DownwardAPI)";
    }
    return source.has("serviceAccountToken")
        ? " (Projected ServiceAccountToken)"
        : called(
            " (Projected ClusterTrustBundle %s)",
            bundle.string(bundle.has("name") ? "name" : "signerName"));
  }

  private void check(List<String> paths, String what) {
    TreeSet<String> seen = new TreeSet<>();
    for (String path : paths) {
      String normal = path.replaceFirst("/+$", "");
      String collision = collision(seen, normal);
      if (!collision.isEmpty()) {
        warnings.accept(
            "%s: overlapping paths: %s with %s"
                .formatted(what, FieldErrors.quote(normal), FieldErrors.quote(collision)));
      }
      seen.add(normal);
    }
  }

  /// As upstream compares: what starts with the other counts, though a directory may lie between.
  private static String collision(TreeSet<String> seen, String path) {
    return seen.stream()
        .filter(item -> !item.isEmpty() && !path.isEmpty())
        .filter(item -> (item + "/").startsWith(path) || (path + "/").startsWith(item))
        .findFirst()
        .orElse("");
  }
}
