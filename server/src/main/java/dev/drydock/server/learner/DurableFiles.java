package dev.drydock.server.learner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Files of the server's own that are there, whole, once written. Not for folders that a learner's
/// shell can write: see {@link LearnerFiles}.
public final class DurableFiles {
  private DurableFiles() {}

  /// Replaces the file's content; after a crash it is the old one or the new one.
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = Files.createDirectories(folderOf(file));
    Path draft = Files.createTempFile(folder, ".draft", "");
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        writeFully(channel, content);
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(folder);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  static void writeFully(java.nio.channels.WritableByteChannel channel, byte[] content)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /// A rename is durable once its folder is.
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Takes all rights from everybody but the owner, where the file system knows rights.
  public static void onlyForOwner(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      String rights = Files.isDirectory(path) ? "rwx------" : "rw-------";
      view.setPermissions(PosixFilePermissions.fromString(rights));
    }
  }
}
