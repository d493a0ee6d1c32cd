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

/// Keeps a volume as long as it is bound. Models pkg/controller/volume/pvprotection.
public final class VolumeProtectionController extends Controller {
  private static final String FINALIZER = "kubernetes.io/pv-protection";

  public VolumeProtectionController() {
    super("pv-protection-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(Claims.VOLUMES);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return event.type() == WatchEvent.Type.DELETED
        ? Stream.empty()
        : Stream.of(key(event.object()));
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Optional<JsonObject> found = context.client().get(Claims.VOLUMES, "", name);
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject volume = found.get();
    boolean protectedNow = Finalizers.has(volume, FINALIZER);
    if (!ObjectMeta.isBeingDeleted(volume)) {
      if (!protectedNow) {
        context.client().update(Claims.VOLUMES, Finalizers.added(volume, FINALIZER));
      }
    } else if (protectedNow && !volume.string("status", "phase").equals("Bound")) {
      context.client().update(Claims.VOLUMES, Finalizers.removed(volume, FINALIZER));
    }
    return Duration.ZERO;
  }
}
