package dev.drydock.server.kubectl;

import com.google.common.io.ByteStreams;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Finds one file in a tar stream. Reads what POSIX `ustar` headers say of name and size, which is
/// all that npm's packages use for short names.
final class TarEntry {
  private static final int BLOCK = 512;

  private TarEntry() {}

  /// The content of the first file of this name.
  static InputStream find(InputStream tar, String wanted) throws IOException {
    byte[] header = new byte[BLOCK];
    while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      long size = Long.parseLong(text(header, 124, 12).strip(), 8);
      if (text(header, 0, 100).equals(wanted)) {
        return ByteStreams.limit(tar, size);
      }
      long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
      ByteStreams.skipFully(tar, padded);
    }
    throw new EOFException("the archive holds no " + wanted);
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
  }
}
