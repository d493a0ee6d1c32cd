package dev.drydock.cluster.bench;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.cluster.embedded.ClusterEndpoint;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.cluster.time.RealTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Measures the API server as clients meet it: HTTPS, 16 connections, a cluster of 500 pods; then
/// the fan-out of changes to 1,000 watches. The clients run in the same JVM on the same cores, so
/// the server alone is faster than this says. Run it with `./mvnw -P bench -pl cluster verify
/// -DskipTests`.
public final class ApiServerLoad {
  private static final int CONNECTIONS = 16;
  private static final int PODS = 500;
  private static final int WATCHES = 1_000;
  private static final long ROUND_NANOS = 4_000_000_000L;
  private static final int WARM_UP_ROUNDS = 2;
  private static final String POD_LIST = "/api/v1/namespaces/default/pods";

  private final KubeConfig kubeConfig;
  private final SSLContext tls;

  private ApiServerLoad(KubeConfig kubeConfig) {
    this.kubeConfig = kubeConfig;
    this.tls = kubeConfig.tls();
  }

  public static void main(String[] args) throws Exception {
    try (ClusterEndpoint endpoint = ClusterEndpoint.open("127.0.0.1", 0);
        EmbeddedCluster cluster =
            EmbeddedCluster.create(
                ClusterOptions.named("kuar", ClockKind.REAL, RealTime.wallClock(), 3),
                endpoint.newIdentity())) {
      pods(cluster);
      ApiServerLoad load = new ApiServerLoad(endpoint.serve("", cluster));
      load.rate("GET a pod", i -> load.get(POD_LIST + "/p" + i % PODS, "application/json"));
      load.rate("LIST 500 pods", _ -> load.get(POD_LIST, "application/json"));
      load.rate(
          "Table of 500 pods",
          _ -> load.get(POD_LIST, "application/json;as=Table;v=v1;g=meta.k8s.io"));
      load.rate("PATCH a pod", load::patch);
      load.fanOut();
    }
  }

  private static void pods(EmbeddedCluster cluster) {
    for (int i = 0; i < PODS; i++) {
      cluster.request(
          ApiRequest.of(
              "POST",
              POD_LIST,
              ApiRequest.JSON,
              """
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p%d"}, "spec": {
                "nodeSelector": {"none": "such"},
                "containers": [{"name": "c", "image": "gcr.io/kuar-demo/kuard-amd64:blue"}]}}
              """
                  .formatted(i)));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(kubeConfig.server() + path))
        .header("Authorization", "Bearer " + kubeConfig.token());
  }

  private HttpRequest get(String path, String accept) {
    return request(path).header("Accept", accept).build();
  }

  private HttpRequest patch(int number) {
    return request(POD_LIST + "/p" + number % PODS)
        .header("Content-Type", ApiRequest.MERGE_PATCH)
        .method(
            "PATCH",
            BodyPublishers.ofString("{\"metadata\":{\"labels\":{\"n\":\"" + number + "\"}}}"))
        .build();
  }

  private HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
  }

  private void rate(String what, IntFunction<HttpRequest> request) throws Exception {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      round(request);
    }
    long[] nanos = round(request);
    Arrays.sort(nanos);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-20s %8.0f a second   p50 %6.2f ms   p95 %6.2f ms   p99 %6.2f ms",
            what,
            nanos.length / (ROUND_NANOS / 1e9),
            percentile(nanos, 0.50),
            percentile(nanos, 0.95),
            percentile(nanos, 0.99)));
  }

  private static double percentile(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * part)] / 1e6;
  }

  /// Sends requests over all connections for a while; how long each took.
  private long[] round(IntFunction<HttpRequest> request) throws Exception {
    AtomicLong numbers = new AtomicLong();
    long end = System.nanoTime() + ROUND_NANOS;
    List<Callable<long[]>> callers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      callers.add(() -> caller(request, numbers, end));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<long[]> all = new ArrayList<>();
      for (Future<long[]> each : threads.invokeAll(callers)) {
        all.add(each.get());
      }
      return all.stream().flatMapToLong(Arrays::stream).toArray();
    }
  }

  private long[] caller(IntFunction<HttpRequest> request, AtomicLong numbers, long end)
      throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    try (HttpClient client = client()) {
      for (long now = System.nanoTime(); now < end; ) {
        HttpRequest next = request.apply((int) numbers.getAndIncrement());
        int status = client.send(next, BodyHandlers.ofByteArray()).statusCode();
        if (status != 200) {
          throw new IllegalStateException("answered " + status);
        }
        long done = System.nanoTime();
        nanos.add(done - now);
        now = done;
      }
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  /// How many events a second reach 1,000 watches of the same pods.
  private void fanOut() throws Exception {
    int changes = 50;
    CountDownLatch begun = new CountDownLatch(WATCHES);
    CountDownLatch done = new CountDownLatch(WATCHES);
    try (HttpClient client = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WATCHES; i++) {
        threads.submit(() -> watch(client, changes, begun, done));
      }
      begun.await();
      long start = System.nanoTime();
      for (int i = 0; i < changes; i++) {
        client.send(patch(i), BodyHandlers.discarding());
      }
      done.await();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(
          String.format(
              Locale.ROOT,
              "%-20s %8.0f events a second to %d watches (%d changes in %.2f s)",
              "watch fan-out",
              changes * WATCHES / seconds,
              WATCHES,
              changes,
              seconds));
    }
  }

  private @Nullable Void watch(
      HttpClient client, int changes, CountDownLatch begun, CountDownLatch done) throws Exception {
    String path =
        POD_LIST
            + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
            + "&resourceVersionMatch=NotOlderThan&fieldSelector=metadata.name!=none";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                client.send(get(path, "application/json"), BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("{\"type\":\"BOOKMARK\"")) {
        line = lines.readLine();
      }
      begun.countDown();
      for (int seen = 0; seen < changes; ) {
        String event = lines.readLine();
        if (event == null) {
          throw new IllegalStateException("a watch ended early");
        }
        if (event.startsWith("{\"type\":\"MODIFIED\"")) {
          seen++;
        }
      }
      done.countDown();
      return null;
    }
  }
}
