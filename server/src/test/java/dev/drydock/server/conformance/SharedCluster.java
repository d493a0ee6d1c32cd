package dev.drydock.server.conformance;

import dev.drydock.cluster.embedded.ClusterEndpoint;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.cluster.time.RealTime;
import dev.drydock.server.kubectl.Kubectl;
import dev.drydock.server.kubectl.KubectlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// One cluster for the tests of a class, each of which gets a namespace and a folder of its own.
final class SharedCluster implements AutoCloseable {
  private final Path home;
  private final ClusterEndpoint endpoint;
  private final EmbeddedCluster cluster;
  private final Path kubectl;
  private final String kubeconfig;
  private final AtomicInteger spaces = new AtomicInteger();

  SharedCluster(Path home) throws IOException, KubectlException {
    this.home = home;
    kubectl = Kubectl.pinned(_ -> {}).path();
    endpoint = ClusterEndpoint.open("127.0.0.1", 0);
    cluster =
        EmbeddedCluster.create(
            ClusterOptions.named("kuar", ClockKind.REAL, RealTime.wallClock(), 1),
            endpoint.newIdentity());
    kubeconfig = endpoint.serve("", cluster).yaml();
  }

  /// A new namespace, and a shell in a new folder whose kubectl speaks about that namespace.
  KubectlSession session() throws IOException, InterruptedException {
    return session(kubectl);
  }

  KubectlSession session(Path otherKubectl) throws IOException, InterruptedException {
    String namespace = "space-" + spaces.incrementAndGet();
    Path folder = Files.createDirectories(home.resolve(namespace));
    Path config = Files.writeString(home.resolve(namespace + ".kubeconfig"), kubeconfig);
    KubectlSession session =
        new KubectlSession(new Bash(folder, otherKubectl, config), folder, namespace);
    session.run("kubectl create namespace " + namespace);
    session.run("kubectl config set-context --current --namespace " + namespace);
    return session;
  }

  @Override
  public void close() {
    cluster.close();
    endpoint.close();
  }
}
