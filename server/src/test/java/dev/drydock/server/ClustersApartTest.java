package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.KubeConfig;
import dev.drydock.server.cluster.EmbeddedClusters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The credentials of one learner's cluster mean nothing to another's.
final class ClustersApartTest {

  @Test
  void aTokenOpensOneClusterOnly() throws Exception {
    try (EmbeddedClusters clusters = new EmbeddedClusters(InstantSource.system())) {
      KubeConfig ada = clusters.create("ada").kubeConfig();
      KubeConfig bob = clusters.create("bob").kubeConfig();
      assertThat(status(ada.server(), ada)).isEqualTo(200);
      assertThat(status(bob.server(), bob)).isEqualTo(200);
      assertThat(status(bob.server(), ada)).isEqualTo(401);
      assertThat(status(ada.server(), bob)).isEqualTo(401);
      assertThat(ada.token()).isNotEqualTo(bob.token());
    }
  }

  private static int status(String server, KubeConfig credentials) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(credentials.tls()).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server + "/api/v1/secrets"))
              .header("Authorization", "Bearer " + credentials.token())
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
