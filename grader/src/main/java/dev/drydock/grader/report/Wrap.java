package dev.drydock.grader.report;

import java.util.ArrayList;
import java.util.List;

/// Breaks lines between words.
final class Wrap {
  private Wrap() {}

  /// At least one line; a word longer than the width has a line of its own.
  static List<String> at(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
