package dev.drydock.server.exercise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.grader.exercise.ExerciseFormatException;
import dev.drydock.grader.exercise.ExerciseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exercises of an `exercises/` folder. An exercise is read again when a file of its has
/// changed; one that is written wrongly is left out, and logged.
public final class GraderExercises implements Exercises {
  private static final Logger log = LoggerFactory.getLogger(GraderExercises.class);
  private static final int DEPTH = 2;

  private final ExerciseCatalog catalog;
  private final Map<ExerciseId, Read> read = new ConcurrentHashMap<>();

  private record Read(FileTime changed, Optional<ExerciseInfo> info) {}

  public GraderExercises(ExerciseCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public ImmutableList<ExerciseInfo> all() {
    return catalog.ids().stream()
        .flatMap(id -> info(id).stream())
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public Optional<ExerciseInfo> find(String id) {
    return ExerciseId.isValid(id) ? info(new ExerciseId(id)) : Optional.empty();
  }

  private Optional<ExerciseInfo> info(ExerciseId id) {
    Path folder = catalog.folder(id);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    FileTime changed = lastChange(folder);
    return read.compute(
            id,
            (_, known) ->
                known != null && known.changed.equals(changed)
                    ? known
                    : new Read(changed, read(id)))
        .info;
  }

  private Optional<ExerciseInfo> read(ExerciseId id) {
    try {
      return catalog.find(id).map(GraderExercises::info);
    } catch (ExerciseFormatException e) {
      log.error("Exercise {} is left out: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  private static ExerciseInfo info(Exercise exercise) {
    return new ExerciseInfo(
        exercise.id().value(),
        exercise.title(),
        exercise.points(),
        exercise.task(),
        exercise.folder(),
        startFiles(exercise.start()),
        exercise.checks().checks().stream()
            .map(c -> new ExerciseInfo.CheckTitle(c.id(), c.title(), c.points()))
            .collect(ImmutableList.toImmutableList()),
        exercise.hints());
  }

  private static ImmutableMap<String, String> startFiles(Path start) {
    if (!Files.isDirectory(start)) {
      return ImmutableMap.of();
    }
    try (Stream<Path> files = Files.list(start)) {
      ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
      return texts.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime lastChange(Path folder) {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .map(GraderExercises::changed)
          .max(Comparator.naturalOrder())
          .orElse(FileTime.fromMillis(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
