package dev.drydock.server.content;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;

/// One page of a chapter.
///
/// @param id `chapter/name`
/// @param minutes how long it takes to read and try
/// @param outcomes what the reader can do after it
public record Lesson(
    String id, String title, long minutes, ImmutableList<String> outcomes, Path file) {

  public String chapter() {
    return id.substring(0, id.indexOf('/'));
  }

  public String name() {
    return id.substring(id.indexOf('/') + 1);
  }
}
