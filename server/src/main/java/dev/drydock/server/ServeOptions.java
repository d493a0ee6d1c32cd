package dev.drydock.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the workbook is served, as `./drydock serve` was told.
///
/// @param port 0 lets the system choose
/// @param clusterProvider who provides the learners' clusters
/// @param classCode the join code of a class; null when the workbook has one learner
/// @param dataDirectory where progress, files and clusters are kept
/// @param openBrowser whether to open the first page in the user's browser
/// @param existing the kubeconfig of an existing cluster; null unless that provider is chosen
/// @param nodeImage the image of a kind node; null for the provider's default
public record ServeOptions(
    String host,
    int port,
    ClusterProvider clusterProvider,
    @Nullable String classCode,
    Path dataDirectory,
    boolean openBrowser,
    @Nullable Path existing,
    @Nullable String nodeImage) {

  /// Who provides a cluster; the lower-case name is the word of the command line.
  public enum ClusterProvider {
    EMBEDDED,
    KIND,
    EXISTING
  }
}
