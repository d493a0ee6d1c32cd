package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two learners' clusters behind one port: what opens one opens nothing of the other.
final class CredentialsTest {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

  private final ClusterEndpoint endpoint = ClusterEndpoint.open("127.0.0.1", 0);
  private final EmbeddedCluster mine = cluster(1);
  private final EmbeddedCluster other = cluster(2);
  private KubeConfig mineConfig;
  private KubeConfig otherConfig;

  private EmbeddedCluster cluster(long seed) {
    return EmbeddedCluster.create(
        ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed), endpoint.newIdentity());
  }

  @BeforeEach
  void serve() {
    mineConfig = endpoint.serve("mine", mine);
    otherConfig = endpoint.serve("other", other);
  }

  @AfterEach
  void close() {
    mine.close();
    other.close();
    endpoint.close();
  }

  private static String text(ApiResponse response) {
    assertThat(response.status()).as(response.text()).isBetween(200, 299);
    return response.text();
  }

  private String serviceAccountToken() {
    return mine.request(
            ApiRequest.of(
                "POST",
                "/api/v1/namespaces/default/serviceaccounts/default/token",
                ApiRequest.JSON,
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\"}"))
        .object()
        .string("status", "token");
  }

  private record Shown(KeyPair key, Certificate certificate) {}

  /// A certificate of my cluster for a user who asked, was approved and fetched it.
  private Shown certificate() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    StringWriter pem = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
      writer.writeObject(
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=jane,O=devs"), key.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate())));
    }
    String request =
        Base64.getEncoder().encodeToString(pem.toString().getBytes(StandardCharsets.UTF_8));
    String _ =
        text(
            mine.request(
                ApiRequest.of(
                    "POST",
                    REQUESTS,
                    ApiRequest.JSON,
                    """
                    {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest",
                     "metadata": {"name": "jane"}, "spec": {"request": "%s",
                     "signerName": "kubernetes.io/kube-apiserver-client", "expirationSeconds": 600, "usages": ["client auth"]}}
                    """
                        .formatted(request))));
    String _ =
        text(
            mine.request(
                ApiRequest.of(
                    "PATCH",
                    REQUESTS + "/jane/approval",
                    ApiRequest.MERGE_PATCH,
                    """
                    {"status": {"conditions": [
                      {"type": "Approved", "status": "True", "reason": "Test", "message": "yes"}]}}
                    """)));
    byte[] issued =
        Base64.getDecoder()
            .decode(
                mine.request(ApiRequest.get(REQUESTS + "/jane"))
                    .object()
                    .string("status", "certificate"));
    return new Shown(
        key,
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(issued)));
  }

  private SSLContext tls(Shown... shown) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    mineConfig.certificateAuthority().getBytes(StandardCharsets.UTF_8))));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    for (Shown one : shown) {
      own.setKeyEntry(
          "me", one.key().getPrivate(), new char[0], new Certificate[] {one.certificate()});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static int ask(SSLContext tls, KubeConfig config, String path, String token)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(config.server() + path))
              .timeout(Duration.ofSeconds(20));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void theAdministratorsTokenOpensOneClusterAlone() throws Exception {
    assertThat(ask(tls(), mineConfig, "/api/v1/pods", mineConfig.token())).isEqualTo(200);
    for (String path :
        new String[] {
          "/api/v1/pods",
          "/api/v1/pods?watch=true",
          "/api/v1/namespaces/default/pods/kuard/exec?command=sh",
          "/version"
        }) {
      assertThat(ask(tls(), otherConfig, path, mineConfig.token())).isEqualTo(401);
    }
  }

  @Test
  void aServiceAccountsTokenOpensOneClusterAlone() throws Exception {
    String token = serviceAccountToken();
    assertThat(ask(tls(), mineConfig, "/version", token)).isEqualTo(200);
    assertThat(ask(tls(), mineConfig, "/api/v1/pods", token)).isEqualTo(403);
    assertThat(ask(tls(), otherConfig, "/version", token)).isEqualTo(401);
  }

  @Test
  void aClientCertificateOpensOneClusterAlone() throws Exception {
    SSLContext jane = tls(certificate());
    assertThat(ask(jane, mineConfig, "/version", "")).isEqualTo(200);
    assertThat(ask(jane, mineConfig, "/api/v1/pods", "")).isEqualTo(403);
    assertThat(ask(jane, otherConfig, "/version", "")).isEqualTo(401);
    assertThat(ask(jane, otherConfig, "/api/v1/pods", otherConfig.token())).isEqualTo(200);
  }

  @Test
  void aCertificateEndsAfterItsTime() throws Exception {
    SSLContext jane = tls(certificate());
    mine.advance(Duration.ofMinutes(11));
    assertThat(ask(jane, mineConfig, "/version", "")).isEqualTo(401);
  }

  @Test
  void theAuditLogRecordsWhatIsRefusedToo() throws Exception {
    ask(tls(), mineConfig, "/api/v1/secrets", otherConfig.token());

    assertThat(mine.auditLog().getLast())
        .extracting(AuditEvent::verb, AuditEvent::resource, AuditEvent::status)
        .containsExactly("list", "secrets", 401);
  }
}
