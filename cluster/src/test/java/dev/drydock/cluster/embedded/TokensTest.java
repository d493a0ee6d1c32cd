package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens of service accounts: asked for, reviewed, bound, kept in secrets.
final class TokensTest {
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(
          ClusterOptions.named(
              "kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 7));

  @AfterEach
  void close() {
    cluster.close();
  }

  private ApiResponse post(String path, String body) {
    return cluster.request(ApiRequest.of("POST", path, ApiRequest.JSON, body));
  }

  private ApiResponse token(String spec) {
    return post(
        ACCOUNTS + "/default/token",
        """
        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {%s}}
        """
            .formatted(spec));
  }

  private JsonObject review(String token) {
    return post(
            "/apis/authentication.k8s.io/v1/tokenreviews",
            """
            {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
             "spec": {"token": "%s"}}
            """
                .formatted(token))
        .object()
        .object("status");
  }

  @Test
  void lastsAsLongAsAskedAndNoLonger() {
    JsonObject answer = token("\"expirationSeconds\": 600").object();
    assertThat(answer.string("status", "expirationTimestamp")).isEqualTo("2026-11-01T09:10:00Z");
    String token = answer.string("status", "token");
    assertThat(review(token).string("user", "username"))
        .isEqualTo("system:serviceaccount:default:default");
    cluster.advance(Duration.ofMinutes(11));
    assertThat(review(token).bool("authenticated")).isFalse();
    assertThat(review(token).string("error")).isEqualTo("[invalid bearer token]");
  }

  @Test
  void isRefusedForLessThanTenMinutes() {
    assertThat(token("\"expirationSeconds\": 300").object().string("message"))
        .isEqualTo(
            "TokenRequest.authentication.k8s.io \"default\" is invalid: spec.expirationSeconds:"
                + " Invalid value: 300: may not specify a duration less than 10 minutes");
  }

  @Test
  void isForItsAudiencesAlone() {
    String token = token("\"audiences\": [\"vault\"]").object().string("status", "token");
    assertThat(review(token).bool("authenticated")).isFalse();
  }

  @Test
  void endsWithWhatItIsBoundTo() {
    assertThat(
            token(
                    "\"boundObjectRef\": {\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"name\":"
                        + " \"s\"}")
                .object()
                .string("message"))
        .isEqualTo("secrets \"s\" not found");
    post(
        SECRETS, "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"s\"}}");
    String token =
        token("\"boundObjectRef\": {\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"name\": \"s\"}")
            .object()
            .string("status", "token");
    assertThat(review(token).bool("authenticated")).isTrue();
    cluster.request(ApiRequest.delete(SECRETS + "/s"));
    assertThat(review(token).bool("authenticated")).isFalse();
  }

  @Test
  void isFilledIntoASecretOfItsTypeAndGoesWithTheServiceAccount() {
    post(
        ACCOUNTS,
        "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"bot\"}}");
    post(
        SECRETS,
        """
        {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/service-account-token",
         "metadata": {"name": "kept", "annotations": {"kubernetes.io/service-account.name": "bot"}}}
        """);
    JsonObject secret = cluster.request(ApiRequest.get(SECRETS + "/kept")).object();
    String token =
        new String(
            Base64.getDecoder().decode(secret.string("data", "token")), StandardCharsets.UTF_8);
    assertThat(review(token).string("user", "username"))
        .isEqualTo("system:serviceaccount:default:bot");
    cluster.request(ApiRequest.delete(ACCOUNTS + "/bot"));
    assertThat(cluster.request(ApiRequest.get(SECRETS + "/kept")).status()).isEqualTo(404);
    assertThat(review(token).bool("authenticated")).isFalse();
  }
}
