package dev.drydock.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// A cluster under the virtual clock, and the few words in which tests of controllers speak of it.
/// A path is what follows the namespace: `pods`, or `apps/deployments` for a group other than core.
public final class Workloads implements AutoCloseable {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private final EmbeddedCluster cluster;

  public Workloads(long seed) {
    cluster = EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed));
  }

  private Workloads(ClusterOptions options) {
    cluster = EmbeddedCluster.create(options);
  }

  /// A cluster with workers `worker-1` and so on, each of 2 CPUs and 4 GiB; ordinary pods stay away
  /// from its control plane.
  public static Workloads withWorkers(int count, long seed) {
    ImmutableList.Builder<NodeOptions> nodes = ImmutableList.builder();
    nodes.add(new NodeOptions("kuar-control-plane", true, "4", "8Gi", 110));
    for (int i = 1; i <= count; i++) {
      nodes.add(new NodeOptions("worker-" + i, false, "2", "4Gi", 110));
    }
    return new Workloads(new ClusterOptions("kuar", nodes.build(), ClockKind.VIRTUAL, BIRTH, seed));
  }

  private static final ImmutableSet<String> GROUPS =
      ImmutableSet.of(
          "apps", "batch", "storage.k8s.io", "scheduling.k8s.io", "policy", "autoscaling");
  private static final ImmutableSet<String> CLUSTER_SCOPED =
      ImmutableSet.of(
          "nodes", "namespaces", "persistentvolumes", "storageclasses", "priorityclasses");

  private static String target(String path) {
    String group = path.substring(0, Math.max(0, path.indexOf('/')));
    boolean grouped = GROUPS.contains(group);
    String rest = grouped ? path.substring(group.length() + 1) : path;
    String version = group.equals("autoscaling") ? "v2" : "v1";
    String base = grouped ? "/apis/" + group + "/" + version + "/" : "/api/v1/";
    boolean clusterScoped = CLUSTER_SCOPED.contains(rest.split("/")[0]);
    return base + (clusterScoped ? "" : "namespaces/default/") + rest;
  }

  /// What a command printed in a pod's only container.
  public String exec(String pod, String... command) {
    try {
      ExecResult result =
          cluster.exec("default", pod, "", List.of(command), Duration.ofSeconds(30));
      return result.stdout() + result.stderr();
    } catch (Cluster.ExecException e) {
      throw new AssertionError(e);
    }
  }

  public String logs(String pod) {
    return cluster.request(ApiRequest.get(target("pods/" + pod + "/log"))).text();
  }

  public JsonObject create(String path, String manifest) {
    ApiResponse answer =
        cluster.request(ApiRequest.of("POST", target(path), "application/yaml", manifest));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.object();
  }

  public void patch(String path, String mergePatch) {
    ApiResponse answer =
        cluster.request(
            ApiRequest.of("PATCH", target(path), "application/merge-patch+json", mergePatch));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  public void delete(String path) {
    assertThat(cluster.request(ApiRequest.delete(target(path))).status()).isLessThan(300);
  }

  public JsonObject get(String path) {
    return cluster.request(ApiRequest.get(target(path))).object();
  }

  public long status(String path, String field) {
    return get(path).integer(0, "status", field);
  }

  public List<JsonObject> list(String path) {
    return get(path).array("items").objects().toList();
  }

  /// The pods that have not ended and are not on their way out.
  public List<JsonObject> pods() {
    return list("pods").stream().filter(Pods::isActive).toList();
  }

  public List<String> names(String path) {
    return list(path).stream().map(ObjectMeta::name).toList();
  }

  /// `Reason: message` of the events about an object, in the order of their names.
  public List<String> events(String name) {
    return list("events").stream()
        .filter(event -> event.string("involvedObject", "name").equals(name))
        .map(event -> event.string("reason") + ": " + event.string("message"))
        .toList();
  }

  /// Lets time run until the condition holds, for two minutes at most.
  public void until(Predicate<Workloads> condition) {
    assertThat(cluster.runUntil(_ -> condition.test(this), Duration.ofMinutes(2)))
        .as("what was waited for happens within two minutes")
        .isTrue();
  }

  public void advance(Duration duration) {
    cluster.advance(duration);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
