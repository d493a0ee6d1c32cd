package dev.drydock.cluster.embedded;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.InProcessClient;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.cri.RuntimeState;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.image.ImageCatalog;
import dev.drydock.cluster.kubelet.Kubelet;
import dev.drydock.cluster.loop.ClusterLoop;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.loop.Machinery;
import dev.drydock.cluster.loop.Step;
import dev.drydock.cluster.storage.StoredObject;
import dev.drydock.cluster.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/// A cluster that was booted once and is born many times: nobody ever uses it, every new cluster
/// with its nodes is a copy with keys, uids and a birth of its own.
final class BootedCluster {
  /// A time that nothing else has to do with, so that a boot's times are known wherever they are.
  private static final Instant READY = Instant.parse("1999-12-31T23:59:00Z");

  /// How long a boot takes, for the components of the cluster.
  private static final Duration BOOT = Duration.ofSeconds(20);

  private static final long SEED = 1;
  private static final int KEPT_MAX = 64;
  private static final Cache<Key, BootedCluster> BOOTED =
      CacheBuilder.newBuilder().maximumSize(KEPT_MAX).build();

  private record Key(String name, ImmutableList<NodeOptions> nodes) {}

  private final Machinery machinery;
  private final ClusterState state;
  private final Rebirth rebirth;
  private final ImmutableList<TokenHolder> tokenHolders;

  /// A pod with a token of its service account.
  private record TokenHolder(String node, String uid) {}

  private BootedCluster(ClusterOptions options) {
    ClusterIdentity identity = Rebirth.nobody();
    this.machinery = ControlPlane.shared().machinery(options);
    this.state = boot(options, identity, machinery);
    this.rebirth = new Rebirth(options, state, READY.minus(BOOT));
    this.tokenHolders =
        state
            .store()
            .list("pods", "")
            .map(StoredObject::object)
            .filter(BootedCluster::holdsToken)
            .map(pod -> new TokenHolder(pod.string("spec", "nodeName"), ObjectMeta.uid(pod)))
            .collect(ImmutableList.toImmutableList());
  }

  /// The one with the same name and nodes, booted when it is asked for first.
  static BootedCluster of(ClusterOptions options) {
    ClusterOptions booted =
        new ClusterOptions(options.name(), options.nodes(), ClockKind.VIRTUAL, READY, SEED);
    try {
      return BOOTED.get(new Key(options.name(), options.nodes()), () -> new BootedCluster(booted));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a cluster did not boot", e);
    }
  }

  private static boolean holdsToken(JsonObject pod) {
    return pod.array("spec", "volumes").objects().anyMatch(volume -> volume.has("projected"));
  }

  /// How all its copies are moved.
  Machinery machinery() {
    return machinery;
  }

  /// A cluster at its birth, everything running and ready. Tokens that pods hold are renewed within
  /// the first second: those they were booted with are nobody's.
  ClusterState bornAs(ClusterOptions options, ClusterIdentity identity) {
    ClusterState born = rebirth.of(state, options, identity);
    Instant soon = options.birth().plusSeconds(1);
    for (TokenHolder pod : tokenHolders) {
      String uid = rebirth.uid(pod.uid(), options);
      born = born.withTimer("kubelet/" + pod.node(), Kubelet.refreshTimer(uid), soon);
    }
    return born;
  }

  /// Boots under virtual time.
  private static ClusterState boot(
      ClusterOptions options, ClusterIdentity identity, Machinery machinery) {
    Instant start = options.birth().minus(BOOT);
    RuntimeState containers = RuntimeState.empty(ImageCatalog.BUILT_IN);
    ClusterState empty = ClusterState.initial(identity, options.seed(), start, containers);
    Manifests manifests = new Manifests(options);
    try (ClusterLoop boot = new ClusterLoop(empty, machinery, new VirtualTime(start))) {
      boot.submit(
              step -> {
                Bootstrap.begin(admin(step), manifests, identity.certificateAuthority());
                return null;
              })
          .join();
      boot.start().join();
      boot.submit(
              step -> {
                Bootstrap.finish(admin(step), manifests);
                return null;
              })
          .join();
      while (boot.state().now().isBefore(options.birth())) {
        boot.jump(options.birth()).join();
      }
      return boot.state();
    }
  }

  private static InProcessClient admin(Step step) {
    return new InProcessClient(
        ControlPlane.shared().apiServer().registry(),
        step.transaction(),
        step.runtime(),
        UserInfo.component("system:apiserver"));
  }
}
