package dev.drydock.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes a file so that readers see the old content or the new, never a part.
final class WholeFile {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PUBLIC =
      PosixFilePermissions.fromString("rw-r--r--");

  private WholeFile() {}

  static void write(Path file, byte[] content) throws UserProblem {
    write(file, content, PUBLIC);
  }

  /// Readable by the user alone.
  static void writePrivate(Path file, byte[] content) throws UserProblem {
    write(file, content, PRIVATE);
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> permissions)
      throws UserProblem {
    Path target = Drydock.absolute(file);
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new UserProblem("%s is a folder.".formatted(file), "Name a file instead.");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      into(target, content);
      return;
    }
    try {
      Path part = Files.createTempFile(folder, ".drydock", ".part");
      try {
        Files.write(part, content);
        Files.setPosixFilePermissions(part, permissions);
        Files.move(
            part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /// Into something that is no ordinary file, such as `/dev/stdout`.
  private static void into(Path device, byte[] content) throws UserProblem {
    try {
      Files.write(device, content);
    } catch (IOException e) {
      throw unwritable(device, e);
    }
  }

  private static UserProblem unwritable(Path file, IOException e) {
    return new UserProblem(
        "%s cannot be written (%s).".formatted(file, e.getClass().getSimpleName()),
        "Choose a file in a folder that exists and that you may write to.");
  }
}
