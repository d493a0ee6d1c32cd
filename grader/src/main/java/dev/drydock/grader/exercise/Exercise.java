package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.Capability;
import java.nio.file.Path;

/// An exercise as its folder describes it.
///
/// @param folder the exercise's folder; `start/`, `solutions/` and `mistakes/` lie in it
/// @param objectives what the learner can do afterwards, a sentence each
/// @param needs what a cluster must be able to do for this exercise
/// @param task the text of README.md
/// @param hints the steps of hints.md, from a nudge to nearly the answer
public record Exercise(
    ExerciseId id,
    Path folder,
    String title,
    String chapter,
    ImmutableList<String> objectives,
    int points,
    Environment environment,
    ImmutableSet<Capability> needs,
    CheckList checks,
    String task,
    ImmutableList<String> hints) {

  /// The folder of the files a learner starts from.
  public Path start() {
    return folder.resolve("start");
  }

  public Path solutions() {
    return folder.resolve("solutions");
  }

  public Path mistakes() {
    return folder.resolve("mistakes");
  }
}
