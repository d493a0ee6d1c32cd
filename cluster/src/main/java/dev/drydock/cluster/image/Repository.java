package dev.drydock.cluster.image;

import dev.drydock.cluster.os.FileSystem;
import java.util.function.Function;
import java.util.function.Predicate;

/// A repository of a registry: what it has under its tags.
///
/// @param hasTag which tags there are
/// @param config by tag
/// @param files by tag
/// @param sizeBytes compressed size of an image
record Repository(
    Predicate<String> hasTag,
    Function<String, ImageConfig> config,
    Function<String, FileSystem> files,
    long sizeBytes) {

  /// A repository whose images differ only in their tags.
  static Repository of(String tags, ImageConfig config, FileSystem files, long sizeBytes) {
    return new Repository(tag -> tag.matches("latest|" + tags), _ -> config, _ -> files, sizeBytes);
  }
}
