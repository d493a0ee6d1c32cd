package dev.drydock.cluster.registry.rest;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/// Where in an object its numbers of replicas and the selector of its pods stand.
///
/// @param selector empty where there is none
/// @param textual whether the selector is kept as text, as custom resources do
public record ScalePaths(
    ImmutableList<String> spec,
    ImmutableList<String> status,
    ImmutableList<String> selector,
    boolean textual) {
  public static final ScalePaths BUILT_IN =
      new ScalePaths(
          ImmutableList.of("spec", "replicas"),
          ImmutableList.of("status", "replicas"),
          ImmutableList.of("spec", "selector"),
          false);

  /// The paths that a custom resource definition gives, as `.spec.replicas`.
  public static ScalePaths of(String spec, String status, String selector) {
    return new ScalePaths(steps(spec), steps(status), steps(selector), true);
  }

  private static ImmutableList<String> steps(String path) {
    return ImmutableList.copyOf(Splitter.on('.').omitEmptyStrings().split(path));
  }

  static String[] array(ImmutableList<String> path) {
    return path.toArray(String[]::new);
  }
}
