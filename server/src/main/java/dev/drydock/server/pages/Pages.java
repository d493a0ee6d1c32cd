package dev.drydock.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Sets pages from their views. The templates are compiled with the project, so that a view that
/// lacks what its template asks for is a compile error.
public final class Pages {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Pages.class.getClassLoader(),
          "dev.drydock.server.pages.generated");

  public String contents(Frame frame, Outline outline) {
    return render("contents.jte", Map.of("frame", frame, "outline", outline));
  }

  public String chapter(Frame frame, Outline.ChapterEntry chapter) {
    return render("chapter.jte", Map.of("frame", frame, "chapter", chapter));
  }

  public String lesson(Frame frame, Outline outline, LessonView lesson) {
    return render("lesson.jte", Map.of("frame", frame, "outline", outline, "lesson", lesson));
  }

  public String exercise(Frame frame, ExerciseView exercise) {
    return render("exercise.jte", Map.of("frame", frame, "exercise", exercise));
  }

  public String join(Frame frame, String name, String problem) {
    return render("join.jte", Map.of("frame", frame, "name", name, "problem", problem));
  }

  public String message(Frame frame, String sentence) {
    return render("message.jte", Map.of("frame", frame, "sentence", sentence));
  }

  private String render(String template, Map<String, Object> parameters) {
    StringOutput output = new StringOutput();
    engine.render(template, parameters, output);
    return output.toString();
  }
}
