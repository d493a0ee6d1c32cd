package dev.drydock.cluster.cri;

import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// The log of one container attempt. It is bounded: at {@link #BYTES_MAX} it starts anew, as
/// `kubectl logs` sees it when the kubelet rotates the file.
///
/// @param entries what is kept
/// @param dropped how many entries came before; entry `i` has the sequence number `dropped + i`
/// @param bytes size of what is kept, with a fixed overhead for each entry
public record ContainerLog(PVector<LogEntry> entries, long dropped, long bytes) {

  /// `containerLogMaxSize` of the kubelet's configuration.
  public static final long BYTES_MAX = 10 * 1024 * 1024;

  /// A line is cut into partial entries of this size, as containerd does.
  public static final int LINE_BYTES_MAX = 16 * 1024;

  private static final int OVERHEAD_BYTES = 100;

  public static final ContainerLog EMPTY = new ContainerLog(TreePVector.empty(), 0, 0);

  ContainerLog plus(LogEntry entry) {
    long size = entry.bytes().length + OVERHEAD_BYTES;
    if (bytes + size > BYTES_MAX) {
      return new ContainerLog(TreePVector.singleton(entry), dropped + entries.size(), size);
    }
    return new ContainerLog(entries.plus(entry), dropped, bytes + size);
  }
}
