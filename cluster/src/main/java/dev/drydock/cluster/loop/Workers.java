package dev.drydock.cluster.loop;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The threads that all loops of this JVM share: one for each processor, and an alarm clock.
final class Workers {
  private static final ExecutorService POOL =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().daemon().name("cluster-loop-", 0).factory());
  private static final ScheduledExecutorService ALARM =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-alarm").factory());

  private Workers() {}

  static void run(Runnable turn) {
    POOL.execute(turn);
  }

  static ScheduledFuture<?> after(Duration delay, Runnable wake) {
    return ALARM.schedule(wake, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
