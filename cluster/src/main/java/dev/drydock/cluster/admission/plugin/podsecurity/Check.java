package dev.drydock.cluster.admission.plugin.podsecurity;

import java.util.Optional;

/// One rule of the pod security standards. Models policy.Check of pod-security-admission.
///
/// @param since the minor version of the standards that has it first
/// @param overriddenBy whether the restricted level has a stricter rule of the kind
record Check(int since, boolean overridden, Rule rule) {

  /// Looks at a pod.
  @FunctionalInterface
  interface Rule {
    Optional<Violation> check(PodView pod, int version);
  }

  /// What is wrong with a pod, in short and in detail.
  record Violation(String reason, String detail) {
    @Override
    public String toString() {
      return detail.isEmpty() ? reason : reason + " (" + detail + ")";
    }
  }

  static Check since(int minor, Rule rule) {
    return new Check(minor, false, rule);
  }

  /// Of the baseline, where the restricted level says more.
  static Check overridden(int minor, Rule rule) {
    return new Check(minor, true, rule);
  }
}
