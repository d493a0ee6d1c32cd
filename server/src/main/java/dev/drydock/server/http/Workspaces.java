package dev.drydock.server.http;

import com.google.common.collect.ImmutableMap;
import dev.drydock.server.content.Library;
import dev.drydock.server.exercise.ExerciseInfo;
import dev.drydock.server.exercise.Exercises;
import dev.drydock.server.learner.LearnerFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The folders of a learner's home in which the pages work: one for each exercise, with the files
/// it starts from, and one for each chapter's lessons.
final class Workspaces {
  private final Library library;
  private final Exercises exercises;

  Workspaces(Library library, Exercises exercises) {
    this.library = library;
    this.exercises = exercises;
  }

  /// Makes the workspace ready.
  ///
  /// @throws Refusal when no page has such a workspace
  void prepare(LearnerFiles files, String workspace) throws IOException {
    var exercise = exercises.find(workspace);
    if (exercise.isPresent()) {
      start(files, exercise.get());
    } else if (library.chapter(workspace).isEmpty()) {
      throw new Refusal(404, "There is no such exercise or chapter.");
    }
    files.folder(workspace);
  }

  /// Gives the learner the files that an exercise starts from, where they have none yet.
  void start(LearnerFiles files, ExerciseInfo exercise) throws IOException {
    for (Map.Entry<String, String> file : exercise.startFiles().entrySet()) {
      String path = exercise.id() + "/" + file.getKey();
      if (!files.exists(path)) {
        files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /// The learner's files of an exercise, by name.
  ImmutableMap<String, String> files(LearnerFiles files, ExerciseInfo exercise) throws IOException {
    ImmutableMap.Builder<String, String> found = ImmutableMap.builder();
    for (String name : exercise.startFiles().keySet()) {
      files
          .read(exercise.id() + "/" + name)
          .ifPresent(content -> found.put(name, new String(content, StandardCharsets.UTF_8)));
    }
    return found.build();
  }
}
