package dev.drydock.server.learner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The files of one learner, shared with the learner's shell.
///
/// The shell can put symbolic links anywhere in the folder, at any moment, so every step of a path
/// is opened relative to the one before and links are never followed (`openat` with `O_NOFOLLOW`).
public final class LearnerFiles {
  public static final int FILE_BYTES_MAX = 256 << 10;

  private static final int DEPTH_MAX = 8;
  private static final String STEP = "\\.?[A-Za-z0-9_][A-Za-z0-9._-]{0,63}";
  private static final AtomicLong DRAFTS = new AtomicLong();

  private final Path home;

  public LearnerFiles(Path home) {
    this.home = home;
  }

  public Path home() {
    return home;
  }

  /// The folder below home, made where it is missing.
  public Path folder(String path) throws IOException {
    try (Walk walk = new Walk(steps(path), true)) {
      return home.resolve(path);
    }
  }

  public Optional<byte[]> read(String path) throws IOException {
    List<String> steps = steps(path);
    try (Walk walk = new Walk(steps.subList(0, steps.size() - 1), false);
        SeekableByteChannel channel =
            walk.here()
                .newByteChannel(
                    Path.of(steps.getLast()),
                    Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return Optional.of(content(channel, path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      throw notPlain(path);
    }
  }

  private static RefusedException notPlain(String path) {
    return new RefusedException(
        path + " is not a plain file in a plain folder: links are not followed here.");
  }

  /// Replaces the file's content, making the folders on the way; durable when this returns.
  public void write(String path, byte[] content) throws IOException {
    if (content.length > FILE_BYTES_MAX) {
      throw new RefusedException(
          "The file is %d KiB long; at most %d KiB are kept."
              .formatted(content.length >> 10, FILE_BYTES_MAX >> 10));
    }
    try {
      replace(path, content);
    } catch (FileSystemException e) {
      throw notPlain(path);
    }
  }

  private void replace(String path, byte[] content) throws IOException {
    List<String> steps = steps(path);
    Path name = Path.of(steps.getLast());
    Path draft = Path.of(".draft-" + DRAFTS.incrementAndGet() + "-" + name);
    try (Walk walk = new Walk(steps.subList(0, steps.size() - 1), true)) {
      try (SeekableByteChannel channel =
          walk.here()
              .newByteChannel(
                  draft,
                  Set.of(
                      StandardOpenOption.WRITE,
                      StandardOpenOption.CREATE_NEW,
                      LinkOption.NOFOLLOW_LINKS))) {
        DurableFiles.writeFully(channel, content);
        if (channel instanceof FileChannel file) {
          file.force(true);
        }
        walk.here().move(draft, walk.here(), name);
      } catch (IOException e) {
        deleteQuietly(walk.here(), draft);
        throw e;
      }
    }
    DurableFiles.syncFolder(DurableFiles.folderOf(home.resolve(path)));
  }

  private static void deleteQuietly(SecureDirectoryStream<Path> folder, Path file) {
    try {
      folder.deleteFile(file);
    } catch (IOException _) {
      // It was not made, or the next write takes another name.
    }
  }

  private static byte[] content(SeekableByteChannel channel, String path) throws IOException {
    if (channel.size() > FILE_BYTES_MAX) {
      throw new RefusedException(
          "%s is %d KiB long; at most %d KiB are read."
              .formatted(path, channel.size() >> 10, FILE_BYTES_MAX >> 10));
    }
    ByteBuffer buffer = ByteBuffer.allocate(FILE_BYTES_MAX);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      continue;
    }
    byte[] content = new byte[buffer.position()];
    buffer.flip().get(content);
    return content;
  }

  /// Names the content: equal for equal contents.
  public static String version(byte[] content) {
    try {
      byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> steps(String path) throws RefusedException {
    List<String> steps = List.of(path.split("/", -1));
    if (steps.size() > DEPTH_MAX || !steps.stream().allMatch(step -> step.matches(STEP))) {
      throw new RefusedException(
          "A file's path has letters, digits, dots, dashes and underscores, and at most "
              + DEPTH_MAX
              + " parts.");
    }
    return steps;
  }

  /// A request about a file that is turned down; the message is for the learner.
  public static final class RefusedException extends IOException {
    RefusedException(String message) {
      super(message);
    }
  }

  /// The open folders from home down a path.
  private final class Walk implements AutoCloseable {
    private final Deque<SecureDirectoryStream<Path>> open = new ArrayDeque<>();

    Walk(List<String> steps, boolean create) throws IOException {
      try {
        open.push(secure(Files.newDirectoryStream(home)));
        Path at = home;
        for (String step : steps) {
          at = at.resolve(step);
          enter(step, at, create);
        }
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    SecureDirectoryStream<Path> here() {
      return open.element();
    }

    private void enter(String step, Path whole, boolean create) throws IOException {
      Path name = Path.of(step);
      try {
        open.push(here().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
      } catch (NoSuchFileException e) {
        if (!create) {
          throw e;
        }
        make(whole);
        open.push(here().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
      }
    }

    /// There is no `mkdirat` in Java: should a link have slipped into the path meanwhile, an empty
    /// folder appears elsewhere, and the next step refuses to enter it.
    private void make(Path folder) throws IOException {
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException _) {
        // Made by the shell meanwhile; the next step looks at what it is.
      }
    }

    @Override
    public void close() throws IOException {
      for (SecureDirectoryStream<Path> folder : open) {
        folder.close();
      }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
        throws IOException {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        return secure;
      }
      stream.close();
      throw new RefusedException("This file system cannot keep learners' files apart.");
    }
  }

  /// Whether the path leads to a file, through folders only.
  public boolean exists(String path) throws IOException {
    List<String> steps = steps(path);
    try (Walk walk = new Walk(steps.subList(0, steps.size() - 1), false)) {
      return walk.here()
          .getFileAttributeView(
              Path.of(steps.getLast()), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
