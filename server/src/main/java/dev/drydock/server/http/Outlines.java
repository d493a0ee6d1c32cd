package dev.drydock.server.http;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.server.content.Chapter;
import dev.drydock.server.content.Lesson;
import dev.drydock.server.content.Library;
import dev.drydock.server.exercise.ExerciseInfo;
import dev.drydock.server.exercise.Exercises;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.Progress;
import dev.drydock.server.learner.Progress.Standing;
import dev.drydock.server.pages.Outline;
import dev.drydock.server.pages.Outline.ChapterEntry;
import dev.drydock.server.pages.Outline.Mark;
import dev.drydock.server.pages.Outline.Part;
import java.util.stream.Stream;

/// The workbook's contents with a learner's progress.
final class Outlines {
  private final Library library;
  private final Exercises exercises;
  private final Progress progress;

  Outlines(Library library, Exercises exercises, Progress progress) {
    this.library = library;
    this.exercises = exercises;
    this.progress = progress;
  }

  Outline of(Learner learner) {
    ImmutableSet<String> read = progress.lessonsRead(learner);
    ImmutableMap<String, Standing> standings = progress.standings(learner);
    ImmutableList<ExerciseInfo> all = exercises.all();
    ImmutableList<ChapterEntry> chapters =
        library.chapters().stream()
            .map(chapter -> entry(chapter, parts(chapter, all, read, standings)))
            .collect(ImmutableList.toImmutableList());
    return new Outline(
        chapters,
        chapters.stream()
            .flatMap(chapter -> chapter.parts().stream())
            .filter(part -> part.mark() != Mark.DONE)
            .findFirst());
  }

  private static ChapterEntry entry(Chapter chapter, ImmutableList<Part> parts) {
    return new ChapterEntry(
        chapter.id(),
        chapter.number(),
        chapter.title(),
        chapter.summary(),
        chapter.planned(),
        parts);
  }

  private static ImmutableList<Part> parts(
      Chapter chapter,
      ImmutableList<ExerciseInfo> all,
      ImmutableSet<String> read,
      ImmutableMap<String, Standing> standings) {
    return Stream.concat(
            chapter.lessons().stream().map(lesson -> part(lesson, read)),
            all.stream()
                .filter(exercise -> exercise.chapter().equals(chapter.id()))
                .map(exercise -> part(exercise, standings)))
        .collect(ImmutableList.toImmutableList());
  }

  private static Part part(Lesson lesson, ImmutableSet<String> read) {
    return new Part(
        lesson.title(),
        "/lessons/" + lesson.id(),
        false,
        lesson.minutes() + " min",
        read.contains(lesson.id()) ? Mark.DONE : Mark.OPEN);
  }

  private static Part part(ExerciseInfo exercise, ImmutableMap<String, Standing> standings) {
    Standing standing = standings.get(exercise.id());
    Mark mark = standing == null ? Mark.OPEN : standing == Standing.PASSED ? Mark.DONE : Mark.BEGUN;
    return new Part(
        exercise.title(),
        "/exercises/" + exercise.id(),
        true,
        "exercise, %d points".formatted(exercise.points()),
        mark);
  }
}
