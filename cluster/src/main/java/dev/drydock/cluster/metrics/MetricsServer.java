package dev.drydock.cluster.metrics;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.cri.UsageService.Shares;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;

/// Measures every 15 seconds what the containers of all nodes use. What it finds stays with the
/// runtime, where the API server reads it.
///
/// Models sigs.k8s.io/metrics-server with the kubelets' resource endpoints.
public final class MetricsServer implements Component<MetricsServer.State> {
  private static final Duration RESOLUTION = Duration.ofSeconds(15);

  /// Nothing is remembered.
  public record State() {}

  @Override
  public String name() {
    return "metrics-server";
  }

  @Override
  public State initial() {
    return new State();
  }

  @Override
  public State start(State state, ComponentContext context) {
    context.setTimer("scrape", RESOLUTION);
    return state;
  }

  @Override
  public boolean watches(String resource) {
    return false;
  }

  @Override
  public State onEvent(State state, WatchEvent event, ComponentContext context) {
    return state;
  }

  @Override
  public State onTimer(State state, String timer, ComponentContext context) {
    context.setTimer("scrape", RESOLUTION);
    ImmutableMap.Builder<String, Integer> nodes = ImmutableMap.builder();
    for (JsonObject node : context.client().list("nodes", "")) {
      nodes.put(ObjectMeta.name(node), cpuMillis(node.object("status", "capacity")));
    }
    ImmutableMap.Builder<String, Integer> requests = ImmutableMap.builder();
    context.client().list("pods", "").forEach(pod -> requests(pod, requests));
    context.runtime().usage().measure(new Shares(nodes.build(), requests.buildKeepingLast()));
    return state;
  }

  private static int cpuMillis(JsonObject resources) {
    return resources
        .optionalString("cpu")
        .map(quantity -> (int) Math.min(Integer.MAX_VALUE, Quantity.parse(quantity).milliValue()))
        .orElse(0);
  }

  private static void requests(JsonObject pod, ImmutableMap.Builder<String, Integer> requests) {
    for (String kind : new String[] {"container", "initContainer", "ephemeralContainer"}) {
      pod.array("status", kind + "Statuses")
          .objects()
          .filter(status -> !status.string("containerID").isEmpty())
          .forEach(
              status ->
                  requests.put(
                      status.string("containerID").replace("containerd://", ""),
                      request(pod, kind + "s", status.string("name"))));
    }
  }

  private static int request(JsonObject pod, String list, String container) {
    return pod.array("spec", list)
        .objects()
        .filter(spec -> spec.string("name").equals(container))
        .findFirst()
        .map(spec -> cpuMillis(spec.object("resources", "requests")))
        .orElse(0);
  }
}
