package dev.drydock.cluster.controller.volume.persistentvolume;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.volume.Claims;
import java.time.Duration;
import java.util.stream.Stream;

/// Binds claims to volumes, asks provisioners for what is missing, and takes back the volumes of
/// claims that are gone. A claim without a volume is looked at again every 15 seconds, as upstream:
/// a new volume does not wake it.
///
/// Models pkg/controller/volume/persistentvolume.
public final class PersistentVolumeController extends Controller {
  static final Duration RESYNC_PERIOD = Duration.ofSeconds(15);

  /// The source of its events, which is not the name of its account.
  static final String REPORTER = "persistentvolume-controller";

  private static final String CLAIM = "claim/";
  private static final String VOLUME = "volume/";

  public PersistentVolumeController() {
    super("persistent-volume-binder");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(Claims.RESOURCE)
        || resource.equals(Claims.VOLUMES)
        || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject object = event.object();
    return switch (event.resource()) {
      case "pods" -> Recycler.volumeOf(object).stream().map(name -> VOLUME + name);
      case Claims.VOLUMES -> Stream.concat(Stream.of(VOLUME + key(object)), claimOf(object));
      default -> Stream.concat(Stream.of(CLAIM + key(object)), volumeOf(object));
    };
  }

  private static Stream<String> claimOf(JsonObject volume) {
    JsonObject reference = volume.object("spec", "claimRef");
    return reference.isEmpty()
        ? Stream.empty()
        : Stream.of(CLAIM + reference.string("namespace") + "/" + reference.string("name"));
  }

  private static Stream<String> volumeOf(JsonObject claim) {
    return claim.optionalString("spec", "volumeName").map(name -> VOLUME + name).stream();
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    String name = key.substring(key.indexOf('/') + 1);
    if (key.startsWith(VOLUME)) {
      context
          .client()
          .get(Claims.VOLUMES, "", name)
          .ifPresent(volume -> new VolumeSync(context).sync(volume));
      return Duration.ZERO;
    }
    return context
        .client()
        .get(Claims.RESOURCE, namespaceOf(name), nameOf(name))
        .map(claim -> new ClaimSync(context).sync(claim) ? Duration.ZERO : RESYNC_PERIOD)
        .orElse(Duration.ZERO);
  }
}
