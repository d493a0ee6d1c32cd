package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apiserver.LongRunning.Logs;
import dev.drydock.cluster.cri.ContainerLog;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.LogEntry;
import dev.drydock.cluster.loop.ClusterState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Reads a container's log as `kubectl logs` asks for it, from where it last stopped. Models
/// pkg/kubelet/kuberuntime/logs.
final class LogReader {
  private final Logs request;
  private long position = -1;
  private long bytesLeft;

  LogReader(Logs request) {
    this.request = request;
    this.bytesLeft = request.limitBytes() < 0 ? Long.MAX_VALUE : request.limitBytes();
  }

  /// Hands out what has come since the last call.
  ///
  /// @return whether more may come
  boolean next(ClusterState state, Consumer<byte[]> out) {
    ContainerRuntime runtime =
        ContainerRuntime.of(state.runtime(), state.now(), new java.util.SplittableRandom(0));
    ContainerLog log = runtime.log(request.containerId());
    if (position < 0) {
      position = start(log, state.now());
    }
    long end = log.dropped() + log.entries().size();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (long at = Math.max(position, log.dropped()); at < end; at++) {
      write(log.entries().get((int) (at - log.dropped())), text);
    }
    position = end;
    emit(text.toByteArray(), out);
    boolean running =
        runtime
            .containerStatus(request.containerId())
            .filter(status -> status.state() instanceof ContainerState.Running)
            .isPresent();
    return running && bytesLeft > 0;
  }

  private void emit(byte[] text, Consumer<byte[]> out) {
    byte[] cut = text.length <= bytesLeft ? text : java.util.Arrays.copyOf(text, (int) bytesLeft);
    bytesLeft -= cut.length;
    if (cut.length > 0) {
      out.accept(cut);
    }
  }

  private long start(ContainerLog log, Instant now) {
    List<LogEntry> entries = log.entries();
    int first = 0;
    if (request.tailLines() >= 0) {
      first = tail(entries, request.tailLines());
    }
    Instant since = since(now);
    while (first < entries.size() && entries.get(first).time().isBefore(since)) {
      first++;
    }
    return log.dropped() + first;
  }

  /// The index of the first of the last lines; partial entries belong to the line that they begin.
  private static int tail(List<LogEntry> entries, long lines) {
    int at = entries.size();
    long left = lines;
    while (at > 0) {
      boolean endsLine = !entries.get(at - 1).partial();
      if (endsLine && left == 0) {
        return at;
      }
      left -= endsLine ? 1 : 0;
      at--;
    }
    return 0;
  }

  private Instant since(Instant now) {
    if (request.sinceSeconds() >= 0) {
      return Times.after(now, -request.sinceSeconds());
    }
    return Times.parse(request.sinceTime()).orElse(Instant.MIN);
  }

  private void write(LogEntry entry, ByteArrayOutputStream out) {
    if (request.timestamps()) {
      out.writeBytes((Times.nanos(entry.time()) + " ").getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(entry.bytes());
    if (!entry.partial()) {
      out.write('\n');
    }
  }
}
