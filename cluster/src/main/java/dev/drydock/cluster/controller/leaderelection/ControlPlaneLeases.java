package dev.drydock.cluster.controller.leaderelection;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Optional;

/// The leases by which the API server, the controller manager and the scheduler show that they are
/// alive and lead.
///
/// Models client-go/tools/leaderelection and the API server's identity lease. Upstream renews the
/// leaders' leases every 2 s; here all are renewed every 10 s, to keep idle clusters quiet.
///
/// @param node on which the control plane runs
public record ControlPlaneLeases(String node, String address)
    implements Component<ControlPlaneLeases.State> {
  private static final String LEASES = "leases.coordination.k8s.io";
  private static final String NAMESPACE = "kube-system";
  private static final Duration PERIOD = Duration.ofSeconds(10);

  public ControlPlaneLeases(Place place) {
    this(place.node(), place.address());
  }

  /// Where the control plane runs.
  public record Place(String node, String address) {}

  /// Nothing is remembered.
  public record State() {}

  @Override
  public String name() {
    return "leader-election";
  }

  private static final String IDENTITY = "apiserver.kubernetes.io/identity";

  @Override
  public State initial() {
    return new State();
  }

  @Override
  public State start(State state, ComponentContext context) {
    acquire(context, "kube-controller-manager", "kube-controller-manager");
    acquire(context, "kube-scheduler", "default-scheduler");
    boolean known =
        context.client().list(LEASES, NAMESPACE).stream()
            .anyMatch(lease -> lease.object("metadata", "labels").has(IDENTITY));
    if (!known) {
      context.client().create(LEASES, identity(context));
    }
    context.setTimer("renew", PERIOD);
    return state;
  }

  /// A control plane that starts again takes the lease over from the one before.
  private void acquire(ComponentContext context, String name, String component) {
    String holder = node + "_" + GeneratedNames.uid(context.random());
    Optional<JsonObject> before = context.client().get(LEASES, NAMESPACE, name);
    JsonObject spec =
        JsonObject.builder()
            .put("acquireTime", Times.micros(context.now()))
            .put("holderIdentity", holder)
            .put("leaseDurationSeconds", 15)
            .put(
                "leaseTransitions",
                before.map(lease -> lease.integer(0, "spec", "leaseTransitions") + 1).orElse(0L))
            .put("renewTime", Times.micros(context.now()))
            .build();
    JsonObject lease =
        before.isPresent()
            ? context.client().update(LEASES, before.get().with("spec", spec))
            : context
                .client()
                .create(
                    LEASES,
                    JsonObject.of(
                        "metadata",
                        JsonObject.of("name", Json.of(name), "namespace", Json.of(NAMESPACE)),
                        "spec",
                        spec));
    new EventRecorder(context.client(), context.now(), component, "")
        .normal(EventRecorder.Subject.of(lease), "LeaderElection", holder + " became leader");
  }

  private JsonObject identity(ComponentContext context) {
    String name = "apiserver-" + GeneratedNames.suffix(26, context.random());
    JsonObject metadata =
        JsonObject.builder()
            .put("name", name)
            .put("namespace", NAMESPACE)
            .put(
                "labels",
                JsonObject.of(
                    IDENTITY, Json.of("kube-apiserver"), "kubernetes.io/hostname", Json.of(node)))
            .put(
                "annotations",
                JsonObject.of("kubernetes.io/peer-advertise-address", Json.of(address + ":6443")))
            .build();
    return JsonObject.of(
        "metadata",
        metadata,
        "spec",
        JsonObject.builder()
            .put("holderIdentity", name + "_" + GeneratedNames.uid(context.random()))
            .put("leaseDurationSeconds", 3600)
            .put("renewTime", Times.micros(context.now()))
            .build());
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
    Json now = Json.of(Times.micros(context.now()));
    for (JsonObject lease : context.client().list(LEASES, NAMESPACE)) {
      if (isOurs(lease)) {
        context.client().update(LEASES, lease.withAt(now, "spec", "renewTime"));
      }
    }
    context.setTimer("renew", PERIOD);
    return state;
  }

  private static boolean isOurs(JsonObject lease) {
    return switch (lease.string("metadata", "name")) {
      case "kube-controller-manager", "kube-scheduler" -> true;
      default ->
          Optional.ofNullable(lease.at("metadata", "labels", "apiserver.kubernetes.io/identity"))
              .isPresent();
    };
  }
}
