package dev.drydock.server.cluster;

import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.LearnerHomes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Each learner's cluster, made when it is first needed and kept while the server runs.
public final class LearnerClusters implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LearnerClusters.class);

  private final ClusterSource source;
  private final LearnerHomes homes;
  private final Executor executor;
  private final ConcurrentHashMap<String, CompletableFuture<LearnerCluster>> clusters =
      new ConcurrentHashMap<>();

  public LearnerClusters(ClusterSource source, LearnerHomes homes, Executor executor) {
    this.source = source;
    this.homes = homes;
    this.executor = executor;
  }

  /// The learner's cluster, on its way if need be. A failed start is tried again by the next call.
  public CompletableFuture<LearnerCluster> of(Learner learner) {
    return clusters.compute(
        learner.id(),
        (_, known) ->
            known != null && !known.isCompletedExceptionally()
                ? known
                : CompletableFuture.supplyAsync(() -> create(learner), executor));
  }

  /// Waits for the learner's cluster.
  ///
  /// @throws UnavailableException when it cannot be had
  public LearnerCluster await(Learner learner) throws UnavailableException {
    try {
      return of(learner).join();
    } catch (CompletionException e) {
      throw new UnavailableException(e);
    }
  }

  public void warmUp() {
    source.warmUp();
  }

  private LearnerCluster create(Learner learner) {
    try {
      LearnerCluster cluster = source.create(learner.id());
      homes.writeKubeConfig(learner, cluster.kubeConfig().yaml());
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      log.error("A learner's cluster could not be started", e);
      throw e;
    }
  }

  @Override
  public void close() {
    for (CompletableFuture<LearnerCluster> started : clusters.values()) {
      if (started.isDone() && !started.isCompletedExceptionally()) {
        started.join().cluster().close();
      }
    }
    source.close();
  }

  /// A learner's cluster cannot be had now; the message is for the learner.
  public static final class UnavailableException extends Exception {
    UnavailableException(Throwable cause) {
      super("Your cluster could not be started. Reload the page to try again.", cause);
    }
  }
}
