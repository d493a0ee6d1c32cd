package dev.drydock.cluster.embedded;

import com.google.common.io.BaseEncoding;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.time.RealTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// The HTTPS port through which outside clients (kubectl, the official Java client) reach embedded
/// clusters. One port serves many clusters, each under its own path and with its own credentials.
public final class ClusterEndpoint implements AutoCloseable {
  private static final String PREFIX = "/clusters/";
  private static final int TOKEN_BYTES = 24;

  /// Watches are silent for long; the client ends them.
  private static final long IDLE_TIMEOUT_MILLIS = 3_600_000;

  private final String host;
  private final Server server;
  private final ServerConnector connector;
  private final ServingCertificate certificate;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  private ClusterEndpoint(
      String host, Server server, ServerConnector connector, ServingCertificate certificate) {
    this.host = host;
    this.server = server;
    this.connector = connector;
    this.certificate = certificate;
  }

  /// A cluster that is being served, and its administrator's token.
  record Served(EmbeddedCluster cluster, String token, InFlight inFlight) {

    /// Who sends this token; empty when it is none of this cluster's.
    Optional<UserInfo> authenticate(String presented) {
      boolean admin =
          MessageDigest.isEqual(
              presented.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
      return admin ? Optional.of(UserInfo.ADMIN) : cluster.authenticate(presented);
    }
  }

  /// A cluster and what was asked of it below its path.
  record Route(Served served, String target) {}

  /// Opens a port; 0 lets the system choose.
  ///
  /// @throws UncheckedIOException when the port cannot be had
  public static ClusterEndpoint open(String host, int port) {
    return open(
        host,
        port,
        ServingCertificate.make(
            List.of("localhost", "kubernetes", "kubernetes.default.svc"),
            List.of("127.0.0.1", "::1", "10.96.0.1"),
            RealTime.wallClock()));
  }

  /// As {@link #open(String, int)}, with the {@link #credentials} of an endpoint before it.
  ///
  /// @throws IOException when they are none
  /// @throws UncheckedIOException when the port cannot be had
  public static ClusterEndpoint open(String host, int port, byte[] credentials) throws IOException {
    return open(host, port, ServingCertificate.of(credentials));
  }

  private static ClusterEndpoint open(String host, int port, ServingCertificate certificate) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    threads.setName("cluster-endpoint");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = connector(server, certificate);
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    ClusterEndpoint endpoint = new ClusterEndpoint(host, server, connector, certificate);
    server.setHandler(new ApiHandler(endpoint, ServerWebSocketContainer.ensure(server)));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the endpoint did not start", e);
    }
    return endpoint;
  }

  private static ServerConnector connector(Server server, ServingCertificate certificate) {
    SslContextFactory.Server tls =
        new SslContextFactory.Server() {
          @Override
          protected TrustManager[] getTrustManagers(
              KeyStore trustStore, Collection<? extends CRL> revoked) {
            return new TrustManager[] {new AnyCertificate()};
          }
        };
    tls.setWantClientAuth(true);
    tls.setKeyStore(certificate.keyStore());
    tls.setKeyStorePassword(ServingCertificate.PASSWORD);
    tls.setSniRequired(false);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(32 * 1024);
    // The path is read by the API server itself, names with %2F in them included.
    http.setUriCompliance(org.eclipse.jetty.http.UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, tls, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    return connector;
  }

  /// What clients know this endpoint by: its certificate and authority, with their keys. To be kept
  /// secret.
  public byte[] credentials() {
    return certificate.bytes();
  }

  public int port() {
    return connector.getLocalPort();
  }

  /// An identity for a new cluster that is to be served here: a key of its own, this endpoint's
  /// authority.
  public ClusterIdentity newIdentity() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return new ClusterIdentity(key, certificate.authority());
  }

  /// Serves a cluster until it is withdrawn; the result is its administrator's kubeconfig. The id
  /// becomes part of the path; the empty id serves the cluster at the root.
  public KubeConfig serve(String id, EmbeddedCluster cluster) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return serve(id, cluster, BaseEncoding.base16().lowerCase().encode(token));
  }

  /// As {@link #serve(String, EmbeddedCluster)}, with a token that was given out before.
  public KubeConfig serve(String id, EmbeddedCluster cluster, String token) {
    served.put(id, new Served(cluster, token, new InFlight()));
    String authority = host.contains(":") ? "[" + host + "]" : host;
    String url = "https://" + authority + ":" + port() + (id.isEmpty() ? "" : PREFIX + id);
    return new KubeConfig("kind-" + cluster.name(), url, certificate.authority(), token);
  }

  public void withdraw(String id) {
    served.remove(id);
  }

  /// The cluster a request goes to, if there is one.
  Optional<Route> route(String target) {
    if (target.startsWith(PREFIX)) {
      int end = target.indexOf('/', PREFIX.length());
      String id =
          end < 0 ? target.substring(PREFIX.length()) : target.substring(PREFIX.length(), end);
      Served found = served.get(id);
      if (found != null && !id.isEmpty()) {
        return Optional.of(new Route(found, end < 0 ? "/" : target.substring(end)));
      }
    }
    return Optional.ofNullable(served.get("")).map(root -> new Route(root, target));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the endpoint did not stop", e);
    }
  }
}
