package dev.drydock.server.http;

import dev.drydock.server.cluster.ClusterPicture;
import dev.drydock.server.cluster.LearnerCluster;
import dev.drydock.server.cluster.LearnerClusters;
import dev.drydock.server.cluster.PicturePainter;
import dev.drydock.server.learner.Learner;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live picture of a learner's cluster, as server-sent events: sent when it changed. It looks
/// at the cluster twice a second while a page shows it.
final class PictureStream {
  private static final Logger log = LoggerFactory.getLogger(PictureStream.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(15);

  private final Sessions sessions;
  private final LearnerClusters clusters;

  PictureStream(Sessions sessions, LearnerClusters clusters) {
    this.sessions = sessions;
    this.clusters = clusters;
  }

  void accept(SseClient page) {
    Learner learner = sessions.require(page.ctx());
    page.keepAlive();
    Thread.startVirtualThread(() -> show(page, learner));
  }

  private void show(SseClient page, Learner learner) {
    String sent = "";
    Duration silent = Duration.ZERO;
    try {
      while (!page.terminated()) {
        String now = JsonText.of(picture(learner));
        if (!now.equals(sent)) {
          page.sendEvent("picture", now);
          sent = now;
          silent = Duration.ZERO;
        } else if (silent.compareTo(BETWEEN_SIGNS_OF_LIFE) > 0) {
          page.sendComment("still here");
          silent = Duration.ZERO;
        }
        Thread.sleep(BETWEEN_LOOKS);
        silent = silent.plus(BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("The picture of a cluster stopped", e);
    } finally {
      page.close();
    }
  }

  private ClusterPicture picture(Learner learner) {
    CompletableFuture<LearnerCluster> cluster = clusters.of(learner);
    if (cluster.isCompletedExceptionally()) {
      return ClusterPicture.unavailable("Your cluster could not be started. It is tried again.");
    }
    return cluster.isDone()
        ? PicturePainter.paint(cluster.join().cluster())
        : ClusterPicture.starting("Starting your cluster…");
  }
}
