package dev.drydock.server.cli;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.cluster.embedded.ClusterEndpoint;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `drydock cluster start`: an embedded cluster in the foreground, until Ctrl-C.
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Serve a cluster until Ctrl-C, and write a kubeconfig for it.")
final class ClusterStartCommand implements Callable<Integer> {
  private static final String HEADER = "# Written by drydock cluster start.\n";
  private static final int NODES_MAX = 50;

  @Option(
      names = "--kubeconfig",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the kubeconfig.")
  private Path kubeconfig = Path.of("kubeconfig");

  @Option(
      names = "--name",
      defaultValue = "kuar",
      paramLabel = "NAME",
      description = "The cluster's name (default: ${DEFAULT-VALUE}).")
  private String name = "kuar";

  @Option(
      names = "--nodes",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes = 1;

  @Option(
      names = "--clock",
      defaultValue = "real",
      paramLabel = "CLOCK",
      description =
          "real, or virtual: then time passes only while clients wait (default: ${DEFAULT-VALUE}).")
  private ClockKind clock = ClockKind.REAL;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "PORT",
      description = "The port of the API server (default: a free one).")
  private int port;

  @Mixin private ProviderOptions provider = new ProviderOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    provider.requireEmbedded();
    requireUsable();
    UntilStopped untilStopped = new UntilStopped();
    try (ClusterEndpoint endpoint = open();
        EmbeddedCluster cluster = EmbeddedCluster.create(options(), endpoint.newIdentity())) {
      KubeConfig config = endpoint.serve("", cluster);
      WholeFile.writePrivate(kubeconfig, (HEADER + config.yaml()).getBytes(StandardCharsets.UTF_8));
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println("Cluster %s is ready at %s; Ctrl-C stops it.".formatted(name, config.server()));
      out.println("  export KUBECONFIG=" + Drydock.absolute(kubeconfig));
      out.flush();
      untilStopped.await();
    } finally {
      untilStopped.closed();
    }
    return ExitCode.DONE;
  }

  private void requireUsable() throws UserProblem, IOException {
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")) {
      throw new UserProblem(
          "'%s' cannot be the name of a cluster.".formatted(name),
          "Use up to 40 small letters, digits and dashes.");
    }
    if (nodes < 1 || nodes > NODES_MAX) {
      throw new UserProblem(
          "A cluster has between 1 and %d nodes.".formatted(NODES_MAX), "Choose --nodes again.");
    }
    if (port < 0 || port > 65535) {
      throw new UserProblem(
          "%d is not a port.".formatted(port), "Choose --port between 1 and 65535.");
    }
    if (Files.isRegularFile(kubeconfig) && !isOurs(kubeconfig)) {
      throw new UserProblem(
          "%s exists and was not written by drydock.".formatted(kubeconfig),
          "Choose another file, so that no other cluster's access is lost.");
    }
  }

  private static boolean isOurs(Path file) throws UserProblem {
    try {
      return Files.size(file) == 0 || Files.readString(file).startsWith(HEADER);
    } catch (IOException e) {
      throw new UserProblem(
          "%s cannot be read (%s).".formatted(file, e.getClass().getSimpleName()),
          "Choose another file.");
    }
  }

  private ClusterEndpoint open() throws UserProblem {
    try {
      return ClusterEndpoint.open("127.0.0.1", port);
    } catch (UncheckedIOException e) {
      throw new UserProblem(
          "Port %d is in use.".formatted(port), "Choose another with --port, or leave it out.");
    }
  }

  private ClusterOptions options() {
    Instant birth = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long seed = new SecureRandom().nextLong();
    ClusterOptions one = ClusterOptions.named(name, clock, birth, seed);
    ImmutableList.Builder<NodeOptions> all =
        ImmutableList.<NodeOptions>builder().addAll(one.nodes());
    NodeOptions first = one.nodes().getFirst();
    for (int i = 1; i < nodes; i++) {
      String node = name + "-worker" + (i == 1 ? "" : i);
      all.add(new NodeOptions(node, false, first.cpu(), first.memory(), first.pods()));
    }
    return new ClusterOptions(name, all.build(), clock, birth, seed);
  }
}
