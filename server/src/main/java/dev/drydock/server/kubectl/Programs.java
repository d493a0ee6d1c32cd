package dev.drydock.server.kubectl;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Programs on the PATH.
public final class Programs {
  private Programs() {}

  public static Optional<Path> find(String name) {
    return find(name, String.valueOf(System.getenv("PATH")));
  }

  static Optional<Path> find(String name, String searchPath) {
    return Arrays.stream(searchPath.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> in(folder, name).stream())
        .findFirst();
  }

  private static Optional<Path> in(String folder, String name) {
    try {
      Path program = Path.of(folder, name);
      return Files.isRegularFile(program) && Files.isExecutable(program)
          ? Optional.of(program)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
