package dev.drydock.cluster;

/// How a client reaches a cluster: the content of a kubeconfig file with one cluster, user and
/// context.
///
/// @param server `https://host:port`, with a path where one port serves many clusters
/// @param certificateAuthority PEM
/// @param token a bearer token
public record KubeConfig(String context, String server, String certificateAuthority, String token) {

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
