package dev.drydock.server.pages;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// The whole workbook with the learner's progress: the contents page, and the rail beside a lesson.
///
/// @param next where to go on; empty when everything there is has been done
public record Outline(ImmutableList<ChapterEntry> chapters, Optional<Part> next) {

  /// How far the learner is with a lesson or an exercise.
  public enum Mark {
    OPEN("○", "not begun"),
    BEGUN("◐", "begun"),
    DONE("✓", "done");

    private final String sign;
    private final String word;

    Mark(String sign, String word) {
      this.sign = sign;
      this.word = word;
    }

    public String sign() {
      return sign;
    }

    public String word() {
      return word;
    }

    /// For the style sheet.
    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A lesson or an exercise.
  ///
  /// @param aside a word or two about it
  public record Part(String title, String href, boolean exercise, String aside, Mark mark) {}

  public record ChapterEntry(
      String id,
      int number,
      String title,
      String summary,
      ImmutableList<String> planned,
      ImmutableList<Part> parts) {

    public String progress() {
      if (parts.isEmpty()) {
        return "not written yet";
      }
      long done = parts.stream().filter(part -> part.mark() == Mark.DONE).count();
      if (parts.stream().allMatch(part -> part.mark() == Mark.OPEN)) {
        return "not begun";
      }
      return "%d of %d done".formatted(done, parts.size());
    }
  }
}
