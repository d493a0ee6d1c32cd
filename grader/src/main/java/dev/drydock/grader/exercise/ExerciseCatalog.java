package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The exercises below a folder: `<chapter>/<name>/exercise.yaml`. It keeps nothing, so that a new
/// or deleted folder counts at once.
public final class ExerciseCatalog {
  private final Path root;

  public ExerciseCatalog(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  public Path folder(ExerciseId id) {
    return root.resolve(id.chapter()).resolve(id.name());
  }

  /// The ids of all exercises, in the order of their names.
  public ImmutableList<ExerciseId> ids() {
    if (!Files.isDirectory(root)) {
      return ImmutableList.of();
    }
    try (Stream<Path> files = Files.find(root, 3, (path, _) -> isExercise(path))) {
      return files
          .map(file -> root.relativize(file.getParent()).toString().replace('\\', '/'))
          .filter(ExerciseId::isValid)
          .map(ExerciseId::new)
          .sorted(Comparator.naturalOrder())
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isExercise(Path file) {
    return file.getFileName().toString().equals("exercise.yaml")
        && root.relativize(file).getNameCount() == 3;
  }

  /// The exercise with an id; empty when there is none.
  ///
  /// @throws ExerciseFormatException when its files are not as they should be
  public Optional<Exercise> find(String id) throws ExerciseFormatException {
    return ExerciseId.isValid(id) ? find(new ExerciseId(id)) : Optional.empty();
  }

  public Optional<Exercise> find(ExerciseId id) throws ExerciseFormatException {
    Path folder = folder(id);
    return Files.isRegularFile(folder.resolve("exercise.yaml"))
        ? Optional.of(ExerciseReader.read(folder, id))
        : Optional.empty();
  }
}
