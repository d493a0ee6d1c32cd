package dev.drydock.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for Ctrl-C or SIGTERM, and lets what runs be closed in order before the process ends.
final class UntilStopped {
  private static final int CLOSE_SECONDS_MAX = 10;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Waits for the signal.
  void await() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    stopping.await();
  }

  /// Everything is closed: the process may end.
  void closed() {
    closed.countDown();
  }

  private void stop() {
    stopping.countDown();
    try {
      if (!closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("drydock: Closing took too long and was cut short.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
