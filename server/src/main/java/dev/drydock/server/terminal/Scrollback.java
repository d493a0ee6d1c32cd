package dev.drydock.server.terminal;

import java.util.Arrays;

/// The last bytes that a shell printed, for a page that comes back. Not safe for use by many
/// threads.
final class Scrollback {
  private final byte[] ring;
  private int next;
  private boolean full;

  Scrollback(int bytesMax) {
    this.ring = new byte[bytesMax];
  }

  void append(byte[] bytes) {
    for (byte b : bytes) {
      ring[next] = b;
      next = (next + 1) % ring.length;
      full |= next == 0;
    }
  }

  /// In order. Once old bytes were lost it starts after a line's end, so as not to start within a
  /// character or an escape sequence.
  byte[] content() {
    if (!full) {
      return Arrays.copyOf(ring, next);
    }
    byte[] all = new byte[ring.length];
    System.arraycopy(ring, next, all, 0, ring.length - next);
    System.arraycopy(ring, 0, all, ring.length - next, next);
    int start = 0;
    while (start < all.length && all[start] != '\n') {
      start++;
    }
    return start == all.length ? all : Arrays.copyOfRange(all, start + 1, all.length);
  }
}
