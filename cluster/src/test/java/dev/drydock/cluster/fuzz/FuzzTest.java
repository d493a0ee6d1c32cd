package dev.drydock.cluster.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Damaged requests over every resource and verb: no fault of the server's own, no hang, and what
/// is refused changes nothing. The seed is printed; `-Dfuzz.seed=` repeats a run and
/// `-Dfuzz.requests=100000` makes a long one.
final class FuzzTest {
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);

  /// A cluster takes so many requests before a fresh one takes over, so that a run stays quick.
  private static final int REQUESTS_A_CLUSTER = 300;

  /// A hang, and not slowness: a request takes about a millisecond.
  private static final Duration HANG = Duration.ofMinutes(2);

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

  @Test
  void damagedRequestsAreAnsweredAndChangeNothing() {
    System.out.println("fuzz: %d requests, -Dfuzz.seed=%d".formatted(REQUESTS, seed));
    Map<Integer, Integer> answers = new TreeMap<>();
    try (EmbeddedCluster origin =
        EmbeddedCluster.create(
            ClusterOptions.named(
                "kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 1))) {
      for (int first = 0; first < REQUESTS; first += REQUESTS_A_CLUSTER) {
        try (EmbeddedCluster cluster = origin.fork()) {
          run(cluster, first, answers);
        }
      }
    }
    System.out.println("fuzz: answers by status " + answers);
    assertThat(answers).containsKeys(200, 201, 400, 404, 422);
  }

  private void run(EmbeddedCluster cluster, int first, Map<Integer, Integer> answers) {
    Requests requests = new Requests(new Random(seed + first), ResourceTable.builtIn());
    for (int i = first; i < first + REQUESTS_A_CLUSTER; i++) {
      ApiRequest request = requests.next(cluster.state().store());
      long before = cluster.state().store().revision();
      ApiResponse response =
          assertTimeoutPreemptively(HANG, () -> answer(cluster, request), () -> told(request));
      answers.merge(response.status(), 1, Integer::sum);
      check(request, response);
      if (!response.ok() && !begins(request)) {
        assertThat(cluster.state().store().revision()).as("%s", told(request)).isEqualTo(before);
      }
    }
  }

  private ApiResponse answer(EmbeddedCluster cluster, ApiRequest request) {
    try {
      return cluster.request(request);
    } catch (RuntimeException e) {
      throw new AssertionError(told(request), e);
    }
  }

  /// Evictions and proxied requests may have effects before they fail.
  private static boolean begins(ApiRequest request) {
    return request.target().contains("/proxy") || request.target().contains("/eviction");
  }

  private void check(ApiRequest request, ApiResponse response) {
    if (response.status() >= 500) {
      assertThat(isUpstreams(request, response))
          .as("%s%n%s", told(request), response.text())
          .isTrue();
    }
    if (!response.ok() && response.contentType().startsWith("application/json")) {
      Json status = parsed(request, response);
      assertThat(status).as("%s", told(request)).isInstanceOf(JsonObject.class);
      JsonObject object = (JsonObject) status;
      assertThat(object.string("kind")).as("%s%n%s", told(request), object).isEqualTo("Status");
      assertThat(object.string("message")).as("%s", told(request)).isNotEmpty();
    }
  }

  /// Failures that the real server answers with such a code too. It gives errors of merging back as
  /// they are, with neither a code nor a reason; a fault of ours has the reason InternalError.
  private static boolean isUpstreams(ApiRequest request, ApiResponse response) {
    String message = response.message();
    boolean ofMerging =
        request.method().equals("PATCH")
            && response.status() == 500
            && response.object().string("reason").isEmpty();
    return ofMerging
        || message.equals("etcdserver: mvcc: database space exceeded")
        || message.startsWith("Timeout: Too large resource version")
        || message.startsWith("unable to upgrade connection: container not found")
        || response.status() == 503 && message.contains("no endpoints available for service")
        || response.status() == 503 && response.text().contains("error trying to reach service");
  }

  private Json parsed(ApiRequest request, ApiResponse response) {
    try {
      return JsonParser.parse(response.text());
    } catch (JsonSyntaxException e) {
      throw new AssertionError("no JSON: " + told(request), e);
    }
  }

  private String told(ApiRequest request) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return "seed %d: %s %s %s%n%s"
        .formatted(
            seed,
            request.method(),
            request.target(),
            request.headers(),
            body.substring(0, Math.min(3_000, body.length())));
  }
}
