package dev.drydock.cluster.admission.plugin.podsecurity;

import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.plugin.podsecurity.Check.Violation;
import dev.drydock.cluster.admission.plugin.podsecurity.Policy.LevelVersion;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Warns of the pods of a namespace that its new level would refuse. Models EvaluatePodsInNamespace
/// of pod-security-admission.
final class ExistingPods {
  private static final int PODS_MAX = 3000;

  private ExistingPods() {}

  static List<String> warnings(String namespace, LevelVersion enforce, AdmissionRequest request) {
    List<JsonObject> pods = request.list("pods", namespace).toList();
    Map<String, TreeSet<String>> podsByReason = new TreeMap<>();
    pods.stream()
        .limit(PODS_MAX)
        .forEach(
            pod -> {
              List<Violation> violations = Standards.violations(enforce, pod);
              if (!violations.isEmpty()) {
                podsByReason
                    .computeIfAbsent(Standards.reasons(violations), _ -> new TreeSet<>())
                    .add(ObjectMeta.name(pod));
              }
            });
    List<String> warnings = new ArrayList<>();
    if (pods.size() > PODS_MAX) {
      warnings.add(
          "new PodSecurity enforce level only checked against the first %d of %d existing pods"
              .formatted(PODS_MAX, pods.size()));
    }
    if (!podsByReason.isEmpty()) {
      warnings.add(
          "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
              .formatted(namespace, enforce));
    }
    podsByReason.entrySet().stream()
        .map(entry -> pods(entry.getValue()) + ": " + entry.getKey())
        .sorted()
        .forEach(warnings::add);
    return warnings;
  }

  private static String pods(TreeSet<String> names) {
    int others = names.size() - 1;
    return switch (others) {
      case 0 -> names.first();
      case 1 -> names.first() + " (and 1 other pod)";
      default -> "%s (and %d other pods)".formatted(names.first(), others);
    };
  }
}
