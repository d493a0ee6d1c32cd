package dev.drydock.server.terminal;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A running shell in a pseudo-terminal. Any number of pages may view it; it outlives them.
///
/// Output waits for the slowest viewer: each tells how many bytes it has drawn, and nothing is read
/// from the terminal while one has too many left, so that an endless `yes` costs neither memory
/// here nor a frozen page there. A viewer that draws nothing for long is let go.
///
/// Two threads of the platform serve it, because reads and writes of a terminal block in native
/// code.
final class Shell {
  private static final int SCROLLBACK_BYTES_MAX = 256 << 10;
  private static final int CHUNK_BYTES_MAX = 16 << 10;
  private static final long UNDRAWN_BYTES_MAX = 512 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int PENDING_INPUTS_MAX = 64;
  private static final int SIZE_MAX = 500;
  private static final byte[] END = {};

  private final PtyProcess process;
  private final InstantSource clock;
  private final BlockingQueue<byte[]> inputs = new ArrayBlockingQueue<>(PENDING_INPUTS_MAX);
  private final Scrollback scrollback = new Scrollback(SCROLLBACK_BYTES_MAX);

  /// Viewers with the bytes sent and not yet drawn. Guarded by this.
  private final Map<Viewer, Long> undrawn = new HashMap<>();

  private Instant unwatchedSince;
  private boolean ended;

  private Shell(PtyProcess process, InstantSource clock) {
    this.process = process;
    this.clock = clock;
    this.unwatchedSince = clock.instant();
  }

  static Shell start(Sandbox.Launch launch, int columns, int rows, InstantSource clock)
      throws IOException {
    PtyProcess process =
        new PtyProcessBuilder()
            .setCommand(launch.command().toArray(String[]::new))
            .setEnvironment(launch.environment())
            .setDirectory(launch.folder().toString())
            .setInitialColumns(bounded(columns))
            .setInitialRows(bounded(rows))
            .start();
    Shell shell = new Shell(process, clock);
    Thread.ofPlatform().daemon().name("shell-output-" + process.pid()).start(shell::readAll);
    Thread.ofPlatform().daemon().name("shell-input-" + process.pid()).start(shell::writeAll);
    return shell;
  }

  synchronized void attach(Viewer viewer) {
    byte[] earlier = scrollback.content();
    viewer.replay(earlier);
    undrawn.put(viewer, (long) earlier.length);
    if (ended) {
      viewer.ended("The shell has ended.");
    }
  }

  synchronized void detach(Viewer viewer) {
    undrawn.remove(viewer);
    unwatchedSince = clock.instant();
    notifyAll();
  }

  synchronized void drawn(Viewer viewer, long bytes) {
    undrawn.computeIfPresent(viewer, (_, left) -> Math.max(0, left - Math.max(0, bytes)));
    notifyAll();
  }

  /// Input beyond what the shell takes is dropped, as a terminal does.
  void input(String text) {
    inputs.offer(text.getBytes(StandardCharsets.UTF_8));
  }

  void resize(int columns, int rows) {
    if (process.isAlive()) {
      process.setWinSize(new WinSize(bounded(columns), bounded(rows)));
    }
  }

  synchronized boolean running() {
    return !ended;
  }

  /// How long nobody has looked at it.
  synchronized Duration unwatched() {
    return undrawn.isEmpty() ? Duration.between(unwatchedSince, clock.instant()) : Duration.ZERO;
  }

  /// Ends the shell and what it started.
  ///
  /// @return completes when all of it has gone, and nothing writes into the learner's folder any
  ///   more
  CompletableFuture<Void> kill() {
    CompletableFuture<?>[] gone =
        ProcessHandle.of(process.pid()).stream()
            .flatMap(
                shell -> Stream.concat(shell.descendants().toList().stream(), Stream.of(shell)))
            .peek(ProcessHandle::destroyForcibly)
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(gone);
  }

  private static int bounded(int size) {
    return Math.clamp(size, 2, SIZE_MAX);
  }

  private void readAll() {
    byte[] buffer = new byte[CHUNK_BYTES_MAX];
    try (InputStream output = process.getInputStream()) {
      int length;
      while ((length = output.read(buffer)) >= 0) {
        show(Arrays.copyOf(buffer, length));
        awaitViewers();
      }
    } catch (IOException _) {
      // A terminal whose last process has gone ends its output with an error on Linux.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private synchronized void show(byte[] bytes) {
    scrollback.append(bytes);
    for (Viewer viewer : undrawn.keySet()) {
      viewer.output(bytes);
    }
    undrawn.replaceAll((_, left) -> left + bytes.length);
  }

  private synchronized void awaitViewers() throws InterruptedException {
    Instant limit = clock.instant().plus(PATIENCE);
    while (undrawn.values().stream().anyMatch(left -> left > UNDRAWN_BYTES_MAX)) {
      long millis = Duration.between(clock.instant(), limit).toMillis();
      if (millis <= 0) {
        undrawn.values().removeIf(left -> left > UNDRAWN_BYTES_MAX);
        return;
      }
      wait(millis);
    }
  }

  private void writeAll() {
    try (OutputStream input = process.getOutputStream()) {
      byte[] next;
      while ((next = inputs.take()) != END) {
        input.write(next);
        input.flush();
      }
    } catch (IOException _) {
      // The shell has gone; its output's end tells the viewers.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void end() {
    ended = true;
    inputs.clear();
    inputs.offer(END);
    process.destroyForcibly();
    for (Viewer viewer : undrawn.keySet()) {
      viewer.ended("The shell has ended.");
    }
  }
}
