package dev.drydock.cluster.controller.volume.localpath;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.volume.Claims;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a hostPath volume on the node where the first consumer of a claim is to run, and deletes
/// it after its claim. The helper pods that make and remove the directory on a real node are not
/// run: the time they take passes, and the kubelet makes the directory.
///
/// Models rancher/local-path-provisioner on sig-storage-lib-external-provisioner.
public final class LocalPathProvisioner extends Controller {
  static final String PROVISIONER = "rancher.io/local-path";
  private static final String CREATE = "create:";
  private static final String DELETE = "delete:";

  /// How long a helper pod takes.
  private static final Duration HELPER = Duration.ofSeconds(2);

  private static final Duration RETRY = Duration.ofSeconds(15);

  public LocalPathProvisioner() {
    super("local-path-provisioner");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(Claims.RESOURCE) || resource.equals(Claims.VOLUMES);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.type() == WatchEvent.Type.DELETED) {
      return Stream.empty();
    }
    if (event.resource().equals(Claims.VOLUMES)) {
      boolean newly = isToBeDeleted(event.object()) && !isToBeDeleted(event.previous());
      return newly ? Stream.of(key(event.object())) : Stream.empty();
    }
    boolean newly = isToBeMade(event.object(), context) && !isToBeMade(event.previous(), context);
    return newly ? Stream.of(key(event.object())) : Stream.empty();
  }

  private static boolean isToBeDeleted(JsonObject volume) {
    return volume.string("status", "phase").equals("Released")
        && volume.string("spec", "persistentVolumeReclaimPolicy").equals("Delete")
        && Claims.annotation(volume, Claims.PROVISIONED_BY).equals(PROVISIONER);
  }

  private static boolean isToBeMade(JsonObject claim, ComponentContext context) {
    if (!Claims.annotation(claim, Claims.PROVISIONER).equals(PROVISIONER)
        || !claim.string("spec", "volumeName").isEmpty()) {
      return false;
    }
    boolean delayed =
        Claims.storageClass(claim, context.client()).filter(Claims::isDelayed).isPresent();
    return !delayed || Claims.hasAnnotation(claim, Claims.SELECTED_NODE);
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    if (key.startsWith(CREATE)) {
      return create(key.substring(CREATE.length()), context);
    }
    if (key.startsWith(DELETE)) {
      String name = key.substring(DELETE.length());
      context
          .client()
          .get(Claims.VOLUMES, "", name)
          .filter(LocalPathProvisioner::isToBeDeleted)
          .ifPresent(
              _ -> context.client().delete(Claims.VOLUMES, "", name, DeleteOptions.BACKGROUND));
      return Duration.ZERO;
    }
    if (namespaceOf(key).isEmpty()) {
      context.setTimer(DELETE + key, HELPER);
      return Duration.ZERO;
    }
    begin(key, context);
    return Duration.ZERO;
  }

  private static Optional<JsonObject> claim(String key, ComponentContext context) {
    return context
        .client()
        .get(Claims.RESOURCE, namespaceOf(key), nameOf(key))
        .filter(claim -> isToBeMade(claim, context))
        .filter(claim -> !ObjectMeta.isBeingDeleted(claim));
  }

  private void begin(String key, ComponentContext context) {
    claim(key, context)
        .ifPresent(
            claim -> {
              events(context)
                  .normal(
                      EventRecorder.Subject.of(claim),
                      "Provisioning",
                      "External provisioner is provisioning volume for claim \"%s\""
                          .formatted(key));
              context.setTimer(CREATE + key, HELPER);
            });
  }

  private static EventRecorder events(ComponentContext context) {
    String identity =
        context.client().list("pods", "local-path-storage").stream()
            .filter(pod -> ObjectMeta.name(pod).startsWith("local-path-provisioner-"))
            .map(pod -> "_" + ObjectMeta.name(pod) + "_" + ObjectMeta.uid(pod))
            .findFirst()
            .orElse("_local-path-provisioner");
    return new EventRecorder(context.client(), context.now(), PROVISIONER + identity, "");
  }

  private Duration create(String key, ComponentContext context) {
    Optional<JsonObject> claim = claim(key, context);
    Optional<JsonObject> storageClass =
        claim.flatMap(c -> Claims.storageClass(c, context.client()));
    if (claim.isEmpty() || storageClass.isEmpty()) {
      return Duration.ZERO;
    }
    EventRecorder.Subject subject = EventRecorder.Subject.of(claim.get());
    String refusal = refusal(claim.get(), context);
    if (!refusal.isEmpty()) {
      events(context)
          .warning(
              subject,
              "ProvisioningFailed",
              "failed to provision volume with StorageClass \"%s\": %s"
                  .formatted(ObjectMeta.name(storageClass.get()), refusal));
      context.setTimer(key, RETRY);
      return Duration.ZERO;
    }
    JsonObject volume =
        LocalPathVolume.of(claim.get(), storageClass.get(), node(claim.get(), context));
    context.client().create(Claims.VOLUMES, volume);
    events(context)
        .normal(
            subject,
            "ProvisioningSucceeded",
            "Successfully provisioned volume " + ObjectMeta.name(volume));
    return Duration.ZERO;
  }

  /// The node of the first consumer; for a class that binds at once, which this provisioner does
  /// not support, none.
  private static String node(JsonObject claim, ComponentContext context) {
    String selected = Claims.annotation(claim, Claims.SELECTED_NODE);
    return context.client().get("nodes", "", selected).isPresent() ? selected : "";
  }

  private static String refusal(JsonObject claim, ComponentContext context) {
    List<String> modes = claim.array("spec", "accessModes").strings().toList();
    if (claim.object("spec").has("selector")) {
      return "claim.Spec.Selector is not supported";
    }
    if (!modes.stream().allMatch(m -> m.equals("ReadWriteOnce") || m.equals("ReadWriteOncePod"))) {
      return "NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes";
    }
    return node(claim, context).isEmpty() ? "configuration error, no node was specified" : "";
  }
}
