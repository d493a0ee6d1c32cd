package dev.drydock.server.content;

/// The way to an exercise.
record ExerciseBlock(String id) implements Block {
  @Override
  public String html(Place place) {
    String title =
        place
            .exercises()
            .of(id)
            .orElseThrow(() -> new ContentException("there is no exercise " + id, null));
    return """
        <p class="exercise-link"><span class="aside">Exercise</span><strong>%s</strong>\
        <a class="button primary" href="/exercises/%s">Open the exercise</a></p>"""
        .formatted(Html.escape(title), Html.escape(id));
  }
}
