package dev.drydock.server.content;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.List;
import java.util.Objects;

/// A question with answers, each explained. YAML: `question`, and `answers` with `text`, `why` and
/// `right: true` on one.
record QuizBlock(String text) implements Block {
  @Override
  public String html(Place place) {
    JsonObject quiz = FrontMatter.yaml("quiz", text);
    List<JsonObject> answers = quiz.array("answers").objects().toList();
    if (answers.stream().filter(answer -> answer.bool("right")).count() != 1) {
      throw new ContentException("a quiz needs exactly one answer with `right: true`", null);
    }
    String group = "quiz-" + Integer.toHexString(Objects.hash(quiz.string("question")));
    StringBuilder choices = new StringBuilder();
    StringBuilder reasons = new StringBuilder();
    for (int i = 0; i < answers.size(); i++) {
      choices.append(choice(group, i, answers.get(i)));
      reasons.append(reason(i, answers.get(i)));
    }
    return """
        <dd-quiz><form class="quiz"><fieldset><legend>%s</legend>%s</fieldset>\
        <button hidden>Answer</button><p data-verdict role="status"></p>\
        <details><summary>All answers explained</summary><dl>%s</dl></details></form></dd-quiz>"""
        .formatted(Html.sentence(quiz.string("question")), choices, reasons);
  }

  private static String choice(String group, int index, JsonObject answer) {
    return """
        <label><input type="radio" name="%s" value="%d" data-right="%s"><span>%s</span></label>"""
        .formatted(group, index, answer.bool("right"), Html.sentence(answer.string("text")));
  }

  private static String reason(int index, JsonObject answer) {
    return "<dt>%s%s</dt><dd data-explains=\"%d\">%s</dd>"
        .formatted(
            answer.bool("right") ? "Right: " : "",
            Html.sentence(answer.string("text")),
            index,
            Html.sentence(answer.string("why")));
  }
}
