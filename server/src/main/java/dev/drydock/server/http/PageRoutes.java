package dev.drydock.server.http;

import com.google.common.collect.ImmutableList;
import dev.drydock.server.content.Lesson;
import dev.drydock.server.content.LessonRenderer;
import dev.drydock.server.content.Library;
import dev.drydock.server.exercise.CheckReport;
import dev.drydock.server.exercise.ExerciseInfo;
import dev.drydock.server.exercise.Exercises;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.Progress;
import dev.drydock.server.pages.ExerciseView;
import dev.drydock.server.pages.Frame;
import dev.drydock.server.pages.Frame.Crumb;
import dev.drydock.server.pages.LessonView;
import dev.drydock.server.pages.Outline;
import dev.drydock.server.pages.Outline.ChapterEntry;
import dev.drydock.server.pages.Outline.Part;
import dev.drydock.server.pages.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/// The pages that a learner reads.
final class PageRoutes {
  private final Pages pages = new Pages();
  private final Assets assets;
  private final Sessions sessions;
  private final Library library;
  private final LessonRenderer renderer;
  private final Exercises exercises;
  private final Progress progress;
  private final Outlines outlines;

  PageRoutes(
      Assets assets,
      Sessions sessions,
      Library library,
      LessonRenderer renderer,
      Exercises exercises,
      Progress progress) {
    this.assets = assets;
    this.sessions = sessions;
    this.library = library;
    this.renderer = renderer;
    this.exercises = exercises;
    this.progress = progress;
    this.outlines = new Outlines(library, exercises, progress);
  }

  void add(RoutesConfig routes) {
    routes.get("/", joined(this::contents));
    routes.get("/chapters/{chapter}", joined(this::chapter));
    routes.get("/lessons/{chapter}/{lesson}", joined(this::lesson));
    routes.post("/lessons/{chapter}/{lesson}/read", joined(this::read));
    routes.get("/exercises/{chapter}/{exercise}", joined(this::exercise));
    routes.get("/join", this::joinForm);
    routes.post("/join", this::join);
    routes.get("/assets/{name}", assets::serve);
  }

  /// What a page is answered with when something is in the way.
  String message(String title, String sentence) {
    return pages.message(frame("").at(title, "message"), sentence);
  }

  private interface LearnersPage {
    void show(Context context, Learner learner);
  }

  /// A page for learners; who has yet to join is led there.
  private io.javalin.http.Handler joined(LearnersPage page) {
    return context -> {
      Optional<Learner> learner = sessions.find(context);
      if (learner.isPresent()) {
        page.show(context, learner.get());
      } else {
        context.redirect("/join", HttpStatus.SEE_OTHER);
      }
    };
  }

  private void contents(Context context, Learner learner) {
    Frame frame = frame(learner.name()).at("Contents", "contents");
    context.html(pages.contents(frame, outlines.of(learner)));
  }

  private void chapter(Context context, Learner learner) {
    ChapterEntry chapter = chapter(outlines.of(learner), context.pathParam("chapter"));
    Frame frame = frame(learner.name()).at(chapter.title(), "chapter", new Crumb("Contents", "/"));
    context.html(pages.chapter(frame, chapter));
  }

  private void lesson(Context context, Learner learner) {
    Lesson lesson = lesson(context);
    Outline outline = outlines.of(learner);
    ChapterEntry chapter = chapter(outline, lesson.chapter());
    LessonView view =
        new LessonView(
            lesson.id(),
            lesson.chapter(),
            lesson.title(),
            lesson.minutes(),
            lesson.outcomes(),
            renderer.html(lesson),
            progress.lessonsRead(learner).contains(lesson.id()),
            after(chapter.parts(), "/lessons/" + lesson.id()));
    Frame frame = frame(learner.name()).at(lesson.title(), "lesson", crumb(chapter));
    context.html(pages.lesson(frame, outline, view));
  }

  private void read(Context context, Learner learner) {
    Lesson lesson = lesson(context);
    progress.lessonRead(learner, lesson.id());
    context.redirect("/lessons/" + lesson.id(), HttpStatus.SEE_OTHER);
  }

  private void exercise(Context context, Learner learner) {
    ExerciseInfo exercise = ApiRoutes.exercise(exercises, context);
    ChapterEntry chapter = chapter(outlines.of(learner), exercise.chapter());
    String report =
        progress
            .lastAttempt(learner, exercise.id())
            .map(Progress.Attempt::report)
            .orElseGet(() -> JsonText.of(CheckReport.notYet(exercise)));
    ExerciseView view =
        new ExerciseView(
            exercise.id(),
            exercise.title(),
            exercise.points(),
            markdown(exercise, withoutTitle(exercise.task())),
            exercise.hints().stream()
                .map(hint -> markdown(exercise, hint))
                .collect(ImmutableList.toImmutableList()),
            exercise.id() + "/" + exercise.file(),
            // Within a script element only `<` could end it.
            report.replace("<", "\\u003c"));
    Frame frame = frame(learner.name()).at(exercise.title(), "exercise", crumb(chapter));
    context.html(pages.exercise(frame, view));
  }

  private String markdown(ExerciseInfo exercise, String text) {
    return renderer.task(text, exercise.chapter(), exercise.folder());
  }

  /// The page has the title already, where it is seen whichever part of the page is.
  private static String withoutTitle(String task) {
    return task.strip().replaceFirst("^# .*\\R+", "");
  }

  private void joinForm(Context context) {
    if (!sessions.isClass() || sessions.find(context).isPresent()) {
      context.redirect("/", HttpStatus.SEE_OTHER);
      return;
    }
    context.html(pages.join(frame("").at("Join the class", "join"), "", ""));
  }

  private void join(Context context) {
    String name = Optional.ofNullable(context.formParam("name")).orElse("").strip();
    String code = Optional.ofNullable(context.formParam("code")).orElse("").strip();
    String problem = problem(name);
    if (problem.isEmpty() && sessions.join(context, name, code).isPresent()) {
      context.redirect("/", HttpStatus.SEE_OTHER);
      return;
    }
    String said = problem.isEmpty() ? "This is not the code of this class." : problem;
    context.status(HttpStatus.FORBIDDEN);
    context.html(pages.join(frame("").at("Join the class", "join"), name, said));
  }

  private static String problem(String name) {
    if (name.isEmpty()) {
      return "Say your name.";
    }
    return name.length() > Learner.NAME_LENGTH_MAX
        ? "The name has at most " + Learner.NAME_LENGTH_MAX + " characters."
        : "";
  }

  private Frame frame(String learnerName) {
    return new Frame("", "", ImmutableList.of(), learnerName, assets.script(), assets.styles());
  }

  private Lesson lesson(Context context) {
    return library
        .lesson(context.pathParam("chapter") + "/" + context.pathParam("lesson"))
        .orElseThrow(() -> new Refusal(404, "There is no such lesson."));
  }

  private static ChapterEntry chapter(Outline outline, String id) {
    return outline.chapters().stream()
        .filter(chapter -> chapter.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal(404, "There is no such chapter."));
  }

  private static Crumb crumb(ChapterEntry chapter) {
    return new Crumb(chapter.title(), "/chapters/" + chapter.id());
  }

  private static Optional<Part> after(ImmutableList<Part> parts, String here) {
    return parts.stream().dropWhile(part -> !part.href().equals(here)).skip(1).findFirst();
  }
}
