package dev.drydock.server.content;

import com.google.common.collect.ImmutableList;

/// A chapter of the workbook.
///
/// @param id the folder's name below `lessons/` and `exercises/`
/// @param number counts from 1, in reading order
/// @param planned what the chapter will teach, where nothing of it is written yet
/// @param lessons in reading order
public record Chapter(
    String id,
    int number,
    String title,
    String summary,
    ImmutableList<String> planned,
    ImmutableList<Lesson> lessons) {

  public boolean written() {
    return !lessons.isEmpty();
  }
}
