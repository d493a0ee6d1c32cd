package dev.drydock.server.exercise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/// An exercise as its page shows it.
///
/// @param id `chapter/name`
/// @param task Markdown
/// @param hints Markdown, from a nudge to nearly the answer
/// @param folder the exercise's own, where the task's diagrams lie
/// @param startFiles what the learner starts from, by file name; the first is the editor's
public record ExerciseInfo(
    String id,
    String title,
    int points,
    String task,
    Path folder,
    ImmutableMap<String, String> startFiles,
    ImmutableList<CheckTitle> checks,
    ImmutableList<String> hints) {

  /// What one check asks, before it ran.
  public record CheckTitle(String id, String title, int points) {}

  public String chapter() {
    return id.substring(0, id.indexOf('/'));
  }

  /// The file that the editor shows.
  public String file() {
    return startFiles.keySet().stream().findFirst().orElse("pod.yaml");
  }
}
