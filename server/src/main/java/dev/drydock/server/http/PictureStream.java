package dev.drydock.server.http;

import dev.drydock.server.cluster.ClusterPicture;
import dev.drydock.server.cluster.LearnerCluster;
import dev.drydock.server.cluster.LearnerClusters;
import dev.drydock.server.cluster.PicturePainter;
import dev.drydock.server.learner.Learner;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The live picture of a learner's cluster, as server-sent events: sent when it changed. It looks
/// at the cluster twice a second while a page shows it.
final class PictureStream implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(15);

  private final Sessions sessions;
  private final LearnerClusters clusters;
  private volatile boolean closed;

  PictureStream(Sessions sessions, LearnerClusters clusters) {
    this.sessions = sessions;
    this.clusters = clusters;
  }

  void show(Context context) {
    Learner learner = sessions.require(context);
    context.contentType("text/event-stream");
    try {
      // Javalin's own stream holds back what might be worth compressing.
      show(context.res().getOutputStream(), learner);
    } catch (IOException _) {
      // The page has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(OutputStream page, Learner learner) throws IOException, InterruptedException {
    String sent = "";
    Duration silent = Duration.ZERO;
    while (!closed) {
      String now = JsonText.of(picture(learner));
      if (!now.equals(sent)) {
        say(page, "event: picture\ndata: " + now + "\n\n");
        sent = now;
        silent = Duration.ZERO;
      } else if (silent.compareTo(BETWEEN_SIGNS_OF_LIFE) > 0) {
        say(page, ": still here\n\n");
        silent = Duration.ZERO;
      }
      Thread.sleep(BETWEEN_LOOKS);
      silent = silent.plus(BETWEEN_LOOKS);
    }
  }

  private static void say(OutputStream page, String event) throws IOException {
    page.write(event.getBytes(StandardCharsets.UTF_8));
    page.flush();
  }

  @Override
  public void close() {
    closed = true;
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
