package dev.drydock.server.cli;

import dev.drydock.server.ServeOptions.ClusterProvider;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who provides the cluster, and what that provider needs.
final class ProviderOptions {
  @Option(
      names = {"--cluster", "--provider"},
      paramLabel = "PROVIDER",
      defaultValue = "embedded",
      description = "embedded, kind or existing (default: ${DEFAULT-VALUE}).")
  ClusterProvider provider = ClusterProvider.EMBEDDED;

  @Option(
      names = "--existing",
      paramLabel = "KUBECONFIG",
      description = "The existing cluster's kubeconfig (default: $KUBECONFIG).")
  @Nullable Path existing;

  @Option(names = "--node-image", paramLabel = "IMAGE", description = "The image of a kind node.")
  @Nullable String nodeImage;

  /// Refuses what this version cannot do.
  void requireEmbedded() throws UserProblem {
    switch (provider) {
      case EMBEDDED -> {}
      case KIND -> throw new UserProblem("kind clusters are not supported yet.", NEXT);
      case EXISTING -> throw new UserProblem("Existing clusters are not supported yet.", NEXT);
    }
  }

  private static final String NEXT = "Leave the option out to use the embedded cluster.";
}
