/// Decides whether an exercise is solved, and says why. Most users need {@link
/// dev.drydock.grader.Grader}, {@link dev.drydock.grader.exercise.ExerciseCatalog}, {@link
/// dev.drydock.grader.submission.Submission} and {@link dev.drydock.grader.Report}.
@NullMarked
package dev.drydock.grader;

import org.jspecify.annotations.NullMarked;
