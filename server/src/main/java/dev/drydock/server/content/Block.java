package dev.drydock.server.content;

import java.nio.file.Path;
import java.util.Optional;

/// A block of a lesson that is more than prose. Each renders to HTML that says all of it without
/// scripts, inside a custom element that adds what scripts can.
public sealed interface Block
    permits TerminalBlock, ManifestBlock, QuizBlock, ExerciseBlock, DiagramBlock, CodeBlock {

  String html(Place place);

  /// Where a block stands.
  ///
  /// @param chapter whose folder of the learner's home the page's terminal works in
  /// @param folder where diagrams are found
  record Place(String chapter, Path folder, Titles exercises) {}

  /// The titles of exercises, by id.
  @FunctionalInterface
  public interface Titles {
    Optional<String> of(String exercise);
  }

  /// @param info what follows the opening fence: the kind, and what it needs
  static Block of(String info, String text) {
    int space = info.indexOf(' ');
    String kind = space < 0 ? info : info.substring(0, space);
    String rest = space < 0 ? "" : info.substring(space + 1).strip();
    return switch (kind) {
      case "terminal" -> new TerminalBlock(text);
      case "manifest" -> new ManifestBlock(rest, text);
      case "quiz" -> new QuizBlock(text);
      case "exercise" -> new ExerciseBlock(rest);
      case "diagram" -> new DiagramBlock(rest, text);
      default -> new CodeBlock(kind, text);
    };
  }
}
