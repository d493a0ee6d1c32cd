package dev.drydock.cluster.admission.plugin.podsecurity;

import dev.drydock.cluster.admission.plugin.podsecurity.Check.Violation;
import dev.drydock.cluster.admission.plugin.podsecurity.Policy.LevelVersion;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The pod security standards. Models policy.NewEvaluator of pod-security-admission.
final class Standards {
  private Standards() {}

  /// What a level finds wrong with a pod or a template: the rules of the baseline first, but for
  /// those that the restricted level replaces.
  static List<Violation> violations(LevelVersion wanted, JsonObject pod) {
    if (wanted.level() == Level.PRIVILEGED) {
      return List.of();
    }
    boolean restricted = wanted.level() == Level.RESTRICTED;
    PodView view = PodView.of(pod);
    List<Violation> violations = new ArrayList<>();
    for (Check check : Baseline.CHECKS) {
      if (!(restricted && check.overridden())) {
        add(check, view, wanted.version(), violations);
      }
    }
    if (restricted) {
      for (Check check : Restricted.CHECKS) {
        add(check, view, wanted.version(), violations);
      }
    }
    return violations;
  }

  private static void add(
      Check check, PodView pod, PolicyVersion version, List<Violation> violations) {
    if (version.minor() >= check.since()) {
      check.rule().check(pod, version.minor()).ifPresent(violations::add);
    }
  }

  static String details(List<Violation> violations) {
    return violations.stream().map(Violation::toString).collect(Collectors.joining(", "));
  }

  static String reasons(List<Violation> violations) {
    return violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
  }
}
