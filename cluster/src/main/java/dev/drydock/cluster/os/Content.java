package dev.drydock.cluster.os;

import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// The bytes of a file as an immutable rope. Every chunk but the last has the same size, so any
/// offset is found in logarithmic time and appending copies one chunk. Chunks of zeros are shared.
///
/// @param size in bytes
public record Content(PVector<String> chunks, long size) {
  static final int CHUNK = 4096;
  private static final String ZEROS = "\0".repeat(CHUNK);

  public static final Content EMPTY = new Content(TreePVector.empty(), 0);

  public static Content of(String bytes) {
    return EMPTY.append(bytes);
  }

  /// At most max bytes from the offset on; empty at the end.
  public String read(long offset, int max) {
    if (offset >= size || max <= 0) {
      return "";
    }
    int end = (int) Math.min(max, size - offset);
    var out = new StringBuilder(end);
    int index = (int) (offset / CHUNK);
    int from = (int) (offset % CHUNK);
    while (out.length() < end) {
      String chunk = chunks.get(index++);
      int to = Math.min(chunk.length(), from + end - out.length());
      out.append(chunk, from, to);
      from = 0;
    }
    return out.toString();
  }

  /// How many bytes at its beginning it shares with another: whole chunks that are the very same.
  public long sharedWith(Content other) {
    int most = Math.min(chunks.size(), other.chunks.size());
    int shared = 0;
    while (shared < most && chunks.get(shared) == other.chunks.get(shared)) {
      shared++;
    }
    return Math.min(size, (long) shared * CHUNK);
  }

  public String all() {
    return read(0, (int) Math.min(size, Integer.MAX_VALUE));
  }

  /// With the bytes added at the end.
  public Content append(String bytes) {
    if (bytes.isEmpty()) {
      return this;
    }
    PVector<String> grown = chunks;
    int from = 0;
    if (size % CHUNK != 0) {
      String last = grown.get(grown.size() - 1);
      from = Math.min(bytes.length(), CHUNK - last.length());
      grown = grown.with(grown.size() - 1, shared(last + bytes.substring(0, from)));
    }
    while (from < bytes.length()) {
      int to = Math.min(bytes.length(), from + CHUNK);
      grown = grown.plus(shared(bytes.substring(from, to)));
      from = to;
    }
    return new Content(grown, size + bytes.length());
  }

  private static String shared(String chunk) {
    return chunk.charAt(0) == 0 && chunk.equals(ZEROS) ? ZEROS : chunk;
  }

  /// With the bytes written over what is at the offset; a gap before it fills with zeros.
  public Content write(long offset, String bytes) {
    if (offset == size) {
      return append(bytes);
    }
    if (offset > size) {
      return truncate(offset).append(bytes);
    }
    Content head = truncate(offset).append(bytes);
    long rest = size - head.size;
    long from = head.size;
    while (rest > 0) {
      String piece = read(from, 1 << 20);
      head = head.append(piece);
      from += piece.length();
      rest -= piece.length();
    }
    return head;
  }

  /// Cut or filled with zeros to the length.
  public Content truncate(long length) {
    if (length >= size) {
      Content grown = this;
      while (grown.size < length) {
        long room = CHUNK - grown.size % CHUNK;
        grown = grown.append(ZEROS.substring(0, (int) Math.min(room, length - grown.size)));
      }
      return grown;
    }
    int whole = (int) (length / CHUNK);
    int rest = (int) (length % CHUNK);
    PVector<String> kept = chunks.subList(0, whole);
    if (rest > 0) {
      kept = kept.plus(chunks.get(whole).substring(0, rest));
    }
    return new Content(kept, length);
  }
}
