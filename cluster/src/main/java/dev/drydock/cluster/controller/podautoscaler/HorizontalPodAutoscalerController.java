package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Looks at each autoscaler every 15 seconds, for the first time 15 seconds after it was made, and
/// sets the size of its target. It remembers what it recommended and did, for windows and policies
/// look back.
///
/// Models pkg/controller/podautoscaler.
public final class HorizontalPodAutoscalerController implements Component<PMap<String, History>> {
  static final String AUTOSCALERS = "horizontalpodautoscalers.autoscaling";
  private static final Duration SYNC_PERIOD = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "horizontal-pod-autoscaler";
  }

  @Override
  public PMap<String, History> initial() {
    return HashTreePMap.empty();
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(AUTOSCALERS);
  }

  @Override
  public PMap<String, History> onEvent(
      PMap<String, History> histories, WatchEvent event, ComponentContext context) {
    String key = ObjectMeta.namespace(event.object()) + "/" + ObjectMeta.name(event.object());
    return switch (event.type()) {
      case DELETED -> {
        context.cancelTimer(key);
        yield histories.minus(key);
      }
      case ADDED, MODIFIED -> {
        if (histories.containsKey(key)) {
          yield histories;
        }
        context.setTimer(key, SYNC_PERIOD);
        yield histories.plus(key, History.EMPTY);
      }
      default -> histories;
    };
  }

  @Override
  public PMap<String, History> onTimer(
      PMap<String, History> histories, String key, ComponentContext context) {
    int slash = key.indexOf('/');
    Optional<JsonObject> autoscaler =
        context.client().get(AUTOSCALERS, key.substring(0, slash), key.substring(slash + 1));
    if (autoscaler.isEmpty()) {
      return histories.minus(key);
    }
    context.setTimer(key, SYNC_PERIOD);
    History history = histories.getOrDefault(key, History.EMPTY);
    return histories.plus(key, new AutoscalerSync(autoscaler.get(), history, context).run());
  }
}
