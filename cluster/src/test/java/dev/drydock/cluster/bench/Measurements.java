package dev.drydock.cluster.bench;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures what DESIGN.md sets numbers for, of one cluster module alone, without HTTP: `./mvnw -pl
/// cluster test-compile exec:java -Dexec.classpathScope=test
/// -Dexec.mainClass=dev.drydock.cluster.bench.Measurements`.
public final class Measurements {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private Measurements() {}

  public static void main(String[] args) {
    report("a new cluster, the first of all", newCluster() / 1e6, "ms");
    report("a new cluster, the second", newCluster() / 1e6, "ms");
    for (int round = 0; round < 200; round++) {
      newCluster();
    }
    report("a new cluster, warm", newCluster() / 1e6, "ms");
    fork();
    requests();
    livenessScenario();
    memory(200, 0);
    memory(200, 5);
  }

  private static void report(String what, double value, String unit) {
    System.out.println(String.format(Locale.ROOT, "%-55s %12.3f %s", what, value, unit));
  }

  private static EmbeddedCluster cluster(long seed) {
    return EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed));
  }

  private static long newCluster() {
    long start = System.nanoTime();
    cluster(1).close();
    return System.nanoTime() - start;
  }

  private static void pods(EmbeddedCluster cluster, int count) {
    for (int i = 0; i < count; i++) {
      cluster.request(
          ApiRequest.of(
              "POST",
              "/api/v1/namespaces/default/pods",
              ApiRequest.JSON,
              """
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p%d"}, "spec": {
                "containers": [{"name": "c", "image": "gcr.io/kuar-demo/kuard-amd64:blue"}]}}
              """
                  .formatted(i)));
    }
    cluster.advance(Duration.ofSeconds(20));
  }

  private static void fork() {
    try (EmbeddedCluster cluster = cluster(2)) {
      pods(cluster, 50);
      long start = System.nanoTime();
      int forks = 1_000;
      for (int i = 0; i < forks; i++) {
        cluster.fork().close();
      }
      report("fork of a cluster with 50 pods", (System.nanoTime() - start) / 1e6 / forks, "ms");
    }
  }

  private static void requests() {
    try (EmbeddedCluster cluster = cluster(3)) {
      pods(cluster, 100);
      rate(cluster, "GET a pod", ApiRequest.get("/api/v1/namespaces/default/pods/p1"), 20_000);
      rate(cluster, "LIST 100 pods", ApiRequest.get("/api/v1/namespaces/default/pods"), 5_000);
      rate(
          cluster,
          "Table of 100 pods",
          ApiRequest.get("/api/v1/namespaces/default/pods")
              .withHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"),
          1_000);
      for (int i = 0; i < 2; i++) {
        patches(cluster, 3_000);
      }
    }
  }

  private static void rate(EmbeddedCluster cluster, String what, ApiRequest request, int times) {
    double perSecond = 0;
    for (int round = 0; round < 2; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        cluster.request(request);
      }
      perSecond = times / ((System.nanoTime() - start) / 1e9);
    }
    report(what + ", one caller, no HTTP", perSecond, "a second");
  }

  private static void patches(EmbeddedCluster cluster, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      cluster.request(
          ApiRequest.of(
              "PATCH",
              "/api/v1/namespaces/default/pods/p1",
              ApiRequest.MERGE_PATCH,
              "{\"metadata\":{\"labels\":{\"n\":\"" + i + "\"}}}"));
    }
    report(
        "PATCH a pod, one caller, no HTTP",
        times / ((System.nanoTime() - start) / 1e9),
        "a second");
  }

  private static void livenessScenario() {
    try (EmbeddedCluster cluster = cluster(4)) {
      cluster.request(
          ApiRequest.of(
              "POST",
              "/api/v1/namespaces/default/pods",
              ApiRequest.JSON,
              """
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "kuard"}, "spec": {
                "containers": [{"name": "c", "image": "gcr.io/kuar-demo/kuard-amd64:blue",
                  "livenessProbe": {"httpGet": {"path": "/healthy", "port": 8080}}}]}}
              """));
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        try (EmbeddedCluster fork = cluster.fork()) {
          long start = System.nanoTime();
          fork.advance(Duration.ofSeconds(60));
          best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
      }
      report("60 s of cluster time with a liveness probe", best, "ms");
    }
  }

  private static void memory(int count, int podsEach) {
    long before = used();
    List<EmbeddedCluster> clusters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EmbeddedCluster cluster = cluster(100 + i);
      pods(cluster, podsEach);
      clusters.add(cluster);
    }
    double each = (used() - before) / 1e6 / count;
    report("heap of a cluster with %d pods".formatted(podsEach), each, "MB");
    clusters.forEach(EmbeddedCluster::close);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
