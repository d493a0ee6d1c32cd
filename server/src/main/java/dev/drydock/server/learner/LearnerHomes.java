package dev.drydock.server.learner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where each learner's things lie: `learners/<id>/home`, which the learner's shell sees and
/// writes, and beside it what only the server touches.
public final class LearnerHomes {
  private final Path root;

  public LearnerHomes(Path dataDirectory) {
    this.root = dataDirectory.resolve("learners");
  }

  public LearnerFiles files(Learner learner) throws IOException {
    Path home = Files.createDirectories(of(learner).resolve("home"));
    DurableFiles.onlyForOwner(of(learner));
    return new LearnerFiles(home);
  }

  /// The server's own copy of the kubeconfig, which the learner's shell cannot change.
  public Path kubeConfig(Learner learner) {
    return of(learner).resolve("kubeconfig");
  }

  /// An empty folder for one run of kubectl; the caller deletes it.
  public Path scratch(Learner learner) throws IOException {
    Path parent = Files.createDirectories(of(learner).resolve("scratch"));
    return Files.createTempDirectory(parent, "run");
  }

  /// Where the server's kubectl caches what it knows of the learner's cluster.
  public Path kubectlCache(Learner learner) {
    return of(learner).resolve("kubectl-cache");
  }

  public void writeKubeConfig(Learner learner, String yaml) throws IOException {
    byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(of(learner));
    DurableFiles.write(kubeConfig(learner), content);
    DurableFiles.onlyForOwner(kubeConfig(learner));
  }

  private Path of(Learner learner) {
    return root.resolve(learner.id());
  }
}
