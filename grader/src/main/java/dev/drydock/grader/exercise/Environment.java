package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;

/// What stands in the cluster before the learner begins.
///
/// @param manifests files applied first, in order
/// @param nodes what the nodes hold; empty for one node of the usual size
public record Environment(ImmutableList<Path> manifests, ImmutableList<Node> nodes) {
  public static final Environment PLAIN = new Environment(ImmutableList.of(), ImmutableList.of());

  /// One node; the first of an environment is the control plane.
  ///
  /// @param cpu a quantity, such as `4`
  /// @param memory a quantity, such as `8Gi`
  public record Node(String name, String cpu, String memory, int pods) {}
}
