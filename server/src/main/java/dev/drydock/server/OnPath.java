package dev.drydock.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NoSuchElementException;

/// Programs of the machine.
final class OnPath {
  private OnPath() {}

  /// @throws NoSuchElementException with a sentence for the learner
  static Path find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException("There is no " + program + " on the PATH; install it."));
  }
}
