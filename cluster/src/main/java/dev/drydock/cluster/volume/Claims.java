package dev.drydock.cluster.volume;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.client.Client;
import java.util.Optional;

/// What a claim asks for, and where its binding stands. Models component-helpers/storage/volume and
/// the annotations of pkg/controller/volume/persistentvolume/util.
public final class Claims {
  public static final String RESOURCE = "persistentvolumeclaims";
  public static final String VOLUMES = "persistentvolumes";
  public static final String CLASSES = "storageclasses.storage.k8s.io";
  public static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  public static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  public static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  public static final String PROVISIONER_BETA = "volume.beta.kubernetes.io/storage-provisioner";
  public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";
  private static final String CLASS_BETA = "volume.beta.kubernetes.io/storage-class";

  private Claims() {}

  /// The name of the storage class of a claim or a volume; empty for none.
  public static String className(JsonObject object) {
    String beta = annotation(object, CLASS_BETA);
    return beta.isEmpty() ? object.string("spec", "storageClassName") : beta;
  }

  public static Optional<JsonObject> storageClass(JsonObject claim, Client client) {
    String name = className(claim);
    return name.isEmpty() ? Optional.empty() : client.get(CLASSES, "", name);
  }

  public static String annotation(JsonObject object, String name) {
    return object.string("metadata", "annotations", name);
  }

  public static boolean hasAnnotation(JsonObject object, String name) {
    return object.object("metadata", "annotations").has(name);
  }

  /// Whether the class says that binding waits for a pod.
  public static boolean isDelayed(JsonObject storageClass) {
    return storageClass.string("volumeBindingMode").equals("WaitForFirstConsumer");
  }

  /// Whether both sides of the binding are written.
  public static boolean isFullyBound(JsonObject claim) {
    return !claim.string("spec", "volumeName").isEmpty() && hasAnnotation(claim, BIND_COMPLETED);
  }

  public static Quantity requested(JsonObject claim) {
    return quantity(claim.string("spec", "resources", "requests", "storage"));
  }

  public static Quantity capacity(JsonObject volume) {
    return quantity(volume.string("spec", "capacity", "storage"));
  }

  private static Quantity quantity(String text) {
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }

  public static boolean isClaimed(JsonObject volume) {
    return volume.object("spec").has("claimRef");
  }

  /// Whether the volume is this claim's, or kept for one of its name.
  public static boolean isBoundTo(JsonObject volume, JsonObject claim) {
    JsonObject reference = volume.object("spec", "claimRef");
    String uid = reference.string("uid");
    return reference.string("namespace").equals(ObjectMeta.namespace(claim))
        && reference.string("name").equals(ObjectMeta.name(claim))
        && (uid.isEmpty() || uid.equals(ObjectMeta.uid(claim)));
  }

  /// The reference to a claim that its volume carries.
  public static JsonObject reference(JsonObject claim) {
    return JsonObject.builder()
        .put("kind", "PersistentVolumeClaim")
        .put("namespace", ObjectMeta.namespace(claim))
        .put("name", ObjectMeta.name(claim))
        .put("uid", ObjectMeta.uid(claim))
        .put("apiVersion", "v1")
        .put("resourceVersion", ObjectMeta.resourceVersion(claim))
        .build();
  }

  /// A volume with its reference to a claim, marked when nobody had reserved it.
  public static JsonObject reserved(JsonObject volume, JsonObject claim) {
    JsonObject marked =
        isClaimed(volume) ? volume : withAnnotation(volume, BOUND_BY_CONTROLLER, "yes");
    return marked.withObject("spec", spec -> spec.with("claimRef", reference(claim)));
  }

  public static JsonObject withAnnotation(JsonObject object, String name, String value) {
    return ObjectMeta.change(
        object, metadata -> metadata.withObject("annotations", a -> a.with(name, value)));
  }

  public static JsonObject withoutAnnotation(JsonObject object, String name) {
    return ObjectMeta.change(
        object,
        metadata -> {
          JsonObject left = metadata.object("annotations").without(name);
          return left.isEmpty()
              ? metadata.without("annotations")
              : metadata.with("annotations", left);
        });
  }
}
