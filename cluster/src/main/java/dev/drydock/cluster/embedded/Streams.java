package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apiserver.LongRunning.Logs;
import dev.drydock.cluster.apiserver.LongRunning.Watch;
import dev.drydock.cluster.apiserver.handlers.WatchCursor;
import dev.drydock.cluster.embedded.ApiHandler.Call;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;

/// Answers that go on: each follows the cluster's state and writes what is new.
final class Streams {
  private static final Duration BOOKMARK_PERIOD = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofSeconds(1);

  private Streams() {}

  static void watch(Call call, Watch watch, OutputStream out) throws IOException {
    ResourceStore resource = resource(call);
    WatchCursor cursor = new WatchCursor(watch, resource);
    Waiter waiter = new Waiter(call.cluster(), watch.timeoutSeconds());
    Instant lastBookmark = waiter.now();
    out.flush();
    boolean follows = true;
    while (follows) {
      ClusterState state = waiter.state();
      ByteArrayOutputStream events = new ByteArrayOutputStream();
      follows = cursor.next(state.store(), state.now(), events::writeBytes);
      boolean due = Duration.between(lastBookmark, state.now()).compareTo(BOOKMARK_PERIOD) >= 0;
      if (watch.bookmarks() && due) {
        events.writeBytes(cursor.bookmark(state.now()));
        lastBookmark = state.now();
      }
      if (events.size() > 0) {
        events.writeTo(out);
        out.flush();
      }
      follows &= waiter.await(state);
    }
  }

  private static ResourceStore resource(Call call) {
    ResourceStore resource =
        ControlPlane.shared()
            .apiServer()
            .registry()
            .at(call.cluster().state().store())
            .find(call.info().groupVersionResource());
    if (resource == null) {
      throw new IllegalStateException("a watch of nothing");
    }
    return resource;
  }

  static void logs(Call call, Logs logs, OutputStream out) throws IOException {
    LogReader reader = new LogReader(logs);
    Waiter waiter = new Waiter(call.cluster(), 0);
    boolean follows = true;
    while (follows) {
      ClusterState state = waiter.state();
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      boolean more = reader.next(state, text::writeBytes);
      if (text.size() > 0) {
        text.writeTo(out);
        out.flush();
      }
      follows = logs.follow() && more && waiter.await(state);
    }
    out.flush();
  }

  /// Waits for changes of a cluster, for as long as the client wants to; while it waits, virtual
  /// time jumps from one thing that is due to the next.
  static final class Waiter {
    /// How much virtual time one endless answer may let pass.
    private static final Duration VIRTUAL_MAX = Duration.ofHours(1);

    private final EmbeddedCluster cluster;
    private final Instant end;

    Waiter(EmbeddedCluster cluster, long timeoutSeconds) {
      this.cluster = cluster;
      Instant now = cluster.now();
      boolean virtual = !cluster.loop().hasRunningTime();
      if (timeoutSeconds > 0) {
        end = Times.after(now, timeoutSeconds);
      } else {
        end = virtual ? now.plus(VIRTUAL_MAX) : Instant.MAX;
      }
    }

    Instant now() {
      return cluster.now();
    }

    ClusterState state() {
      return cluster.state();
    }

    /// @return false when the time is over or the cluster is closed
    boolean await(ClusterState seen) {
      if (cluster.loop().isClosed()) {
        return false;
      }
      try {
        return cluster.loop().hasRunningTime() ? awaitReal(seen) : awaitVirtual(seen);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private boolean awaitReal(ClusterState seen) throws InterruptedException {
      ClusterState after = cluster.loop().awaitChange(seen, POLL);
      if (after == seen) {
        cluster.loop().poke();
      }
      return after.now().isBefore(end);
    }

    private boolean awaitVirtual(ClusterState seen) {
      if (cluster.state() == seen) {
        if (!seen.now().isBefore(end)) {
          return false;
        }
        cluster.loop().jump(end).join();
      }
      return true;
    }
  }
}
