package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lists in pages and lists as tables.
final class ListTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, 7));

  @BeforeEach
  void fiveConfigMaps() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      create(name);
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void create(String name) {
    ApiResponse made =
        cluster.request(
            ApiRequest.of(
                "POST",
                CONFIG_MAPS,
                ApiRequest.JSON,
                "{\"metadata\": {\"name\": \"%s\"}}".formatted(name)));
    assertThat(made.status()).isEqualTo(201);
  }

  private void delete(String name) {
    assertThat(
            cluster
                .request(ApiRequest.of("DELETE", CONFIG_MAPS + "/" + name, ApiRequest.JSON, ""))
                .ok())
        .isTrue();
  }

  private JsonObject page(int limit, String token) {
    return cluster
        .request(ApiRequest.get(CONFIG_MAPS + "?limit=" + limit + "&continue=" + token))
        .object();
  }

  private static List<String> names(JsonObject list) {
    List<String> names = new ArrayList<>();
    for (Json item : list.array("items")) {
      names.add(((JsonObject) item).string("metadata", "name"));
    }
    return names;
  }

  @Test
  void laterPagesShowTheClusterOfTheFirst() {
    JsonObject first = page(2, "");
    delete("c");
    create("bb");
    JsonObject second = page(10, first.string("metadata", "continue"));

    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.integer(0, "metadata", "remainingItemCount")).isEqualTo(4);
    assertThat(names(second)).containsExactly("c", "d", "e", "kube-root-ca.crt");
    assertThat(second.string("metadata", "resourceVersion"))
        .isEqualTo(first.string("metadata", "resourceVersion"));
    assertThat(second.string("metadata", "continue")).isEmpty();
  }

  @Test
  void aPageThatIsTooOldOffersToGoOnInconsistently() {
    String token = page(2, "").string("metadata", "continue");
    create("bb");
    for (int i = 0; i < Store.HISTORY_MAX; i++) {
      cluster.request(
          ApiRequest.of(
              "PATCH",
              CONFIG_MAPS + "/a",
              ApiRequest.MERGE_PATCH,
              "{\"data\": {\"n\": \"%d\"}}".formatted(i)));
    }

    ApiResponse gone = cluster.request(ApiRequest.get(CONFIG_MAPS + "?limit=2&continue=" + token));

    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.message())
        .startsWith("The provided continue parameter is too old to display a consistent list");
    assertThat(names(page(2, gone.object().string("metadata", "continue"))))
        .containsExactly("bb", "c");
  }

  @Test
  void refusesATokenThatIsNotItsOwn() {
    assertThat(cluster.request(ApiRequest.get(CONFIG_MAPS + "?limit=2&continue=x")).message())
        .isEqualTo("continue key is not valid");
  }

  @Test
  void aTableTellsTheAgeAsItIsWhenAsked() {
    ApiRequest table =
        ApiRequest.get(CONFIG_MAPS)
            .withHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(firstCells(table)).isEqualTo("[\"a\",0,\"0s\"]");

    cluster.advance(Duration.ofSeconds(90));

    assertThat(firstCells(table)).isEqualTo("[\"a\",0,\"90s\"]");
  }

  private String firstCells(ApiRequest table) {
    JsonObject row = (JsonObject) cluster.request(table).object().array("rows").iterator().next();
    assertThat(row.string("object", "metadata", "name")).isEqualTo("a");
    return JsonWriter.string(row.array("cells"));
  }
}
