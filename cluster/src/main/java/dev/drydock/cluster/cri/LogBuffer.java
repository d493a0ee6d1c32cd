package dev.drydock.cluster.cri;

import dev.drydock.cluster.os.ByteText;
import java.time.Instant;

/// A container's log with the lines that are not complete yet.
record LogBuffer(ContainerLog log, String stdout, String stderr) {
  static final LogBuffer EMPTY = new LogBuffer(ContainerLog.EMPTY, "", "");

  /// With output cut into lines, and lines beyond the limit into partial entries.
  LogBuffer plus(Instant time, OutputStreamName stream, String bytes) {
    boolean out = stream == OutputStreamName.STDOUT;
    String text = (out ? stdout : stderr) + bytes;
    ContainerLog grown = log;
    int at = 0;
    while (true) {
      int end = text.indexOf('\n', at);
      int length = (end < 0 ? text.length() : end) - at;
      if (length > ContainerLog.LINE_BYTES_MAX) {
        int cut = at + ContainerLog.LINE_BYTES_MAX;
        grown = grown.plus(entry(time, stream, text.substring(at, cut), true));
        at = cut;
      } else if (end < 0) {
        break;
      } else {
        grown = grown.plus(entry(time, stream, text.substring(at, end), false));
        at = end + 1;
      }
    }
    String rest = text.substring(at);
    return new LogBuffer(grown, out ? rest : stdout, out ? stderr : rest);
  }

  /// With what is left of both streams, after the container has ended.
  LogBuffer flushed(Instant time) {
    ContainerLog grown = log;
    if (!stdout.isEmpty()) {
      grown = grown.plus(entry(time, OutputStreamName.STDOUT, stdout, false));
    }
    if (!stderr.isEmpty()) {
      grown = grown.plus(entry(time, OutputStreamName.STDERR, stderr, false));
    }
    return new LogBuffer(grown, "", "");
  }

  private static LogEntry entry(
      Instant time, OutputStreamName stream, String bytes, boolean partial) {
    return new LogEntry(time, stream, ByteText.toBytes(bytes), partial);
  }
}
