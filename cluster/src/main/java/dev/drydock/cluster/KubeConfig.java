package dev.drydock.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// How a client reaches a cluster: the content of a kubeconfig file with one cluster, user and
/// context.
///
/// @param server `https://host:port`, with a path where one port serves many clusters
/// @param certificateAuthority PEM
/// @param token a bearer token
public record KubeConfig(String context, String server, String certificateAuthority, String token) {

  /// What HTTP clients in Java need to trust the cluster's authority and no other.
  ///
  /// @throws IllegalStateException when the authority is no certificate
  public SSLContext tls() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(certificateAuthority.getBytes(StandardCharsets.UTF_8))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the cluster's certificate authority cannot be read", e);
    }
  }

  /// The kubeconfig file's text.
  public String yaml() {
    String ca =
        java.util.Base64.getEncoder()
            .encodeToString(certificateAuthority.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster:
            certificate-authority-data: %2$s
            server: %3$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %1$s
        current-context: %1$s
        users:
        - name: %1$s
          user:
            token: %4$s
        """
        .formatted(context, ca, server, token);
  }
}
