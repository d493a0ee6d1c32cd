package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/// The programs that executable files can name.
public interface Programs {
  /// A program about to start; null if there is none of that name.
  @Nullable Program start(
      String name, ImmutableList<String> argv, ImmutableMap<String, String> env);

  /// The content of an executable file that runs the named program.
  ///
  /// @param size what the file's size is to be
  static Content executable(String name, long size) {
    return Content.of("\u007fELF\2\1\1\0drydock:" + name + "\n").truncate(size);
  }
}
