package dev.drydock.cluster.controller.volume.protection;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.volume.Claims;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps a claim until no pod that has a node uses it any more. Models
/// pkg/controller/volume/pvcprotection.
public final class ClaimProtectionController extends Controller {
  private static final String FINALIZER = "kubernetes.io/pvc-protection";

  public ClaimProtectionController() {
    super("pvc-protection-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(Claims.RESOURCE) || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject object = event.object();
    if (event.resource().equals(Claims.RESOURCE)) {
      return event.type() == WatchEvent.Type.DELETED ? Stream.empty() : Stream.of(key(object));
    }
    return event.type() == WatchEvent.Type.DELETED
        ? PodClaims.of(object).map(name -> ObjectMeta.namespace(object) + "/" + name)
        : Stream.empty();
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Optional<JsonObject> found =
        context.client().get(Claims.RESOURCE, namespaceOf(key), nameOf(key));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject claim = found.get();
    boolean protectedNow = Finalizers.has(claim, FINALIZER);
    if (!ObjectMeta.isBeingDeleted(claim)) {
      if (!protectedNow) {
        context.client().update(Claims.RESOURCE, Finalizers.added(claim, FINALIZER));
      }
    } else if (protectedNow && !isUsed(claim, context)) {
      context.client().update(Claims.RESOURCE, Finalizers.removed(claim, FINALIZER));
    }
    return Duration.ZERO;
  }

  private static boolean isUsed(JsonObject claim, ComponentContext context) {
    return context.client().list("pods", ObjectMeta.namespace(claim)).stream()
        .filter(pod -> !pod.string("spec", "nodeName").isEmpty())
        .anyMatch(pod -> PodClaims.of(pod).anyMatch(ObjectMeta.name(claim)::equals));
  }
}
