package dev.drydock.cluster.durability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// A file of records that only grows: of each its length, its checksum, the checksum of these two,
/// and its bytes. A record that could not be written whole is taken back.
final class JournalFile implements AutoCloseable {
  private static final int HEAD_BYTES = 12;

  private final FileChannel channel;
  private long end;

  private JournalFile(FileChannel channel) {
    this.channel = channel;
  }

  static JournalFile create(Path file) throws IOException {
    return new JournalFile(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  /// A record while it is being filled.
  static final class Draft extends ByteArrayOutputStream {
    Draft() {
      super(4096);
      clear();
    }

    void clear() {
      count = HEAD_BYTES;
    }

    boolean isEmpty() {
      return count == HEAD_BYTES;
    }

    private ByteBuffer sealed() {
      int length = count - HEAD_BYTES;
      ByteBuffer record = ByteBuffer.wrap(buf, 0, count);
      record.putInt(0, length).putInt(4, checksum(buf, HEAD_BYTES, length));
      return record.putInt(8, checksum(buf, 0, 8));
    }
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  /// Hands a record to the system, which has it even if this process ends now.
  void append(Draft draft) throws IOException {
    ByteBuffer record = draft.sealed();
    int length = record.remaining();
    try {
      for (long at = end; record.hasRemaining(); ) {
        at += channel.write(record, at);
      }
      end += length;
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  long bytes() {
    return end;
  }

  /// Sees to it that what was written is there even after a loss of power.
  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// Does again what a file says. A last record that is not whole was never acknowledged: it is
  /// left out.
  ///
  /// @throws DurabilityException when a record before the last is damaged
  static void replay(Path file, Replay replay) throws IOException, DurabilityException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      for (long at = 0; at < size; ) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        if (size - at < HEAD_BYTES) {
          return;
        }
        read(channel, head, at);
        int length = head.getInt(0);
        if (isEmpty(head.array()) || (isSound(head) && length > size - at - HEAD_BYTES)) {
          return;
        }
        if (!isSound(head)) {
          throw damaged(file, at);
        }
        byte[] payload = new byte[length];
        read(channel, ByteBuffer.wrap(payload), at + HEAD_BYTES);
        at += HEAD_BYTES + length;
        if (checksum(payload, 0, length) != head.getInt(4)) {
          if (at == size) {
            return;
          }
          throw damaged(file, at - HEAD_BYTES - length);
        }
        replay.lines(payload);
      }
    }
  }

  private static boolean isSound(ByteBuffer head) {
    return head.getInt(0) > 0 && head.getInt(8) == checksum(head.array(), 0, 8);
  }

  /// After a loss of power the system may have made room for what it had not yet filled.
  private static boolean isEmpty(byte[] head) {
    for (byte each : head) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static void read(FileChannel channel, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining()) {
      int count = channel.read(into, at + into.position());
      if (count < 0) {
        throw new IOException("the file became shorter");
      }
    }
  }

  private static DurabilityException damaged(Path file, long at) {
    return new DurabilityException(
        "The saved cluster is damaged: %s, byte %d. Move the folder %s away to begin with a new cluster."
            .formatted(file.getFileName(), at, file.toAbsolutePath().getParent()));
  }

  /// The files of a folder whose names begin so, by the number behind.
  static java.util.NavigableMap<Integer, Path> numbered(Path folder, String prefix)
      throws IOException {
    java.util.NavigableMap<Integer, Path> found = new java.util.TreeMap<>();
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.matches(prefix + "-\\d{1,9}")) {
          found.put(Integer.parseInt(name.substring(prefix.length() + 1)), file);
        }
      }
    }
    return found;
  }
}
