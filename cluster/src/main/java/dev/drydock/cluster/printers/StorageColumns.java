package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.stream.Collectors;

/// The tables of volumes, claims and storage classes.
final class StorageColumns {
  static final ImmutableMap<String, ImmutableList<Column>> BY_RESOURCE =
      ImmutableMap.<String, ImmutableList<Column>>builder()
          .put("persistentvolumes", volumes())
          .put("persistentvolumeclaims", claims())
          .put("storageclasses.storage.k8s.io", classes())
          .build();

  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private StorageColumns() {}

  private static ImmutableList<Column> volumes() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Capacity", "Its size.", (v, _) -> v.string("spec", "capacity", "storage")),
        Column.of(
            "Access Modes",
            "How it may be mounted.",
            (v, _) -> modes(v.array("spec", "accessModes"))),
        Column.of(
            "Reclaim Policy",
            "What happens when its claim goes.",
            (v, _) -> v.string("spec", "persistentVolumeReclaimPolicy")),
        Column.of("Status", "Where it is in its life.", (v, _) -> phase(v)),
        Column.of("Claim", "The claim it is bound to.", (v, _) -> claim(v)),
        Column.of("StorageClass", "Its class.", (v, _) -> v.string("spec", "storageClassName")),
        Column.of(
            "VolumeAttributesClass",
            "Its attributes class.",
            (v, _) -> orUnset(v.string("spec", "volumeAttributesClassName"))),
        Column.of("Reason", "Why it is in this state.", (v, _) -> v.string("status", "reason")),
        Column.age(),
        Column.of(
                "VolumeMode",
                "Filesystem or block.",
                (v, _) -> orUnset(v.string("spec", "volumeMode")))
            .wide());
  }

  private static String phase(JsonObject object) {
    return object.at("metadata", "deletionTimestamp") != null
        ? "Terminating"
        : object.string("status", "phase");
  }

  private static String claim(JsonObject volume) {
    JsonObject claim = volume.object("spec", "claimRef");
    return claim.isEmpty() ? "" : claim.string("namespace") + "/" + claim.string("name");
  }

  private static String orUnset(String text) {
    return text.isEmpty() ? "<unset>" : text;
  }

  private static String modes(JsonArray modes) {
    return modes
        .strings()
        .map(
            mode ->
                switch (mode) {
                  case "ReadWriteOnce" -> "RWO";
                  case "ReadOnlyMany" -> "ROX";
                  case "ReadWriteMany" -> "RWX";
                  case "ReadWriteOncePod" -> "RWOP";
                  default -> mode;
                })
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static ImmutableList<Column> claims() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Status", "Where it is in its life.", (c, _) -> phase(c)),
        Column.of("Volume", "The volume it is bound to.", (c, _) -> c.string("spec", "volumeName")),
        Column.of(
            "Capacity",
            "The volume's size.",
            (c, _) -> bound(c, c.string("status", "capacity", "storage"))),
        Column.of(
            "Access Modes",
            "How it may be mounted.",
            (c, _) -> bound(c, modes(c.array("status", "accessModes")))),
        Column.of("StorageClass", "Its class.", (c, _) -> c.string("spec", "storageClassName")),
        Column.of(
            "VolumeAttributesClass",
            "Its attributes class.",
            (c, _) -> orUnset(c.string("spec", "volumeAttributesClassName"))),
        Column.age(),
        Column.of(
                "VolumeMode",
                "Filesystem or block.",
                (c, _) -> orUnset(c.string("spec", "volumeMode")))
            .wide());
  }

  private static String bound(JsonObject claim, String text) {
    return claim.string("spec", "volumeName").isEmpty() ? "" : text;
  }

  private static ImmutableList<Column> classes() {
    return ImmutableList.of(
        new Column(
            "Name",
            "string",
            "name",
            Descriptions.NAME,
            0,
            (c, _) ->
                Json.of(
                    c.string("metadata", "name")
                        + (c.object("metadata", "annotations").string(DEFAULT_CLASS).equals("true")
                            ? " (default)"
                            : ""))),
        Column.of("Provisioner", "Who makes the volumes.", (c, _) -> c.string("provisioner")),
        Column.of(
            "ReclaimPolicy",
            "What happens to a volume when its claim goes.",
            (c, _) -> c.string("reclaimPolicy").isEmpty() ? "Delete" : c.string("reclaimPolicy")),
        Column.of(
            "VolumeBindingMode",
            "When claims are bound.",
            (c, _) ->
                c.string("volumeBindingMode").isEmpty()
                    ? "Immediate"
                    : c.string("volumeBindingMode")),
        new Column(
            "AllowVolumeExpansion",
            "boolean",
            "",
            "Whether claims may grow.",
            0,
            (c, _) -> Json.of(c.bool("allowVolumeExpansion"))),
        Column.age());
  }
}
