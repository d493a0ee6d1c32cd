package dev.drydock.server.exercise;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// The exercises there are.
public interface Exercises {
  /// In reading order within each chapter.
  ImmutableList<ExerciseInfo> all();

  default Optional<ExerciseInfo> find(String id) {
    return all().stream().filter(exercise -> exercise.id().equals(id)).findFirst();
  }
}
