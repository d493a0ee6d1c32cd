package dev.drydock.cluster.os;

import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Bytes on their way from writers to readers.
///
/// @param chunks none of them empty
/// @param readable false once no reader is left
/// @param writable false once no writer is left
record Pipe(PVector<String> chunks, int size, boolean readable, boolean writable) {
  /// As on Linux.
  static final int CAPACITY = 65_536;

  static final Pipe NEW = new Pipe(TreePVector.empty(), 0, true, true);

  int room() {
    return Math.max(0, CAPACITY - size);
  }

  Pipe plus(String bytes) {
    return bytes.isEmpty()
        ? this
        : new Pipe(chunks.plus(bytes), size + bytes.length(), readable, writable);
  }

  /// At most max bytes from the front.
  String peek(int max) {
    if (!chunks.isEmpty() && chunks.get(0).length() >= max) {
      return chunks.get(0).substring(0, max);
    }
    var out = new StringBuilder();
    for (String chunk : chunks) {
      if (out.length() >= max) {
        break;
      }
      out.append(chunk, 0, Math.min(chunk.length(), max - out.length()));
    }
    return out.toString();
  }

  Pipe minus(int count) {
    PVector<String> rest = chunks;
    int left = count;
    while (left > 0) {
      String first = rest.get(0);
      rest = first.length() <= left ? rest.minus(0) : rest.with(0, first.substring(left));
      left -= Math.min(left, first.length());
    }
    return new Pipe(rest, size - count, readable, writable);
  }

  Pipe withoutReaders() {
    return new Pipe(chunks, size, false, writable);
  }

  Pipe withoutWriters() {
    return new Pipe(chunks, size, readable, false);
  }
}
