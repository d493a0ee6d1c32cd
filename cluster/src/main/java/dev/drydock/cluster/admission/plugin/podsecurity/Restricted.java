package dev.drydock.cluster.admission.plugin.podsecurity;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.plugin.podsecurity.Check.Violation;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the restricted level asks beyond the baseline, in the order of the rules' names. Models
/// pod-security-admission's policy/check_*.go.
final class Restricted {
  /// The first version that knows pods for Windows.
  private static final int OPERATING_SYSTEMS = 25;

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  static final ImmutableList<Check> CHECKS =
      ImmutableList.of(
          Check.since(8, onLinux((pod, _) -> escalation(pod))),
          Check.since(22, onLinux((pod, _) -> capabilities(pod))),
          Check.since(0, (pod, _) -> volumes(pod)),
          Check.since(0, inHostUsers((pod, _) -> nonRoot(pod))),
          Check.since(23, inHostUsers((pod, _) -> user(pod))),
          Check.since(19, onLinux((pod, _) -> seccomp(pod))));

  private Restricted() {}

  private static Check.Rule onLinux(Check.Rule rule) {
    return (pod, version) ->
        version >= OPERATING_SYSTEMS && pod.isForWindows()
            ? Optional.empty()
            : rule.check(pod, version);
  }

  private static Check.Rule inHostUsers(Check.Rule rule) {
    return (pod, version) ->
        version >= Baseline.USER_NAMESPACES && pod.hasUserNamespace()
            ? Optional.empty()
            : rule.check(pod, version);
  }

  private static Optional<Violation> escalation(PodView pod) {
    List<String> bad =
        pod.containersThat(
            container ->
                !JsonBoolean.FALSE.equals(
                    PodView.security(container).get("allowPrivilegeEscalation")));
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "allowPrivilegeEscalation != false",
                PodView.containers(bad)
                    + " must set securityContext.allowPrivilegeEscalation=false"));
  }

  private static Optional<Violation> capabilities(PodView pod) {
    List<String> details = new ArrayList<>();
    List<String> keeping =
        pod.containersThat(
            container ->
                PodView.security(container)
                    .array("capabilities", "drop")
                    .strings()
                    .noneMatch("ALL"::equals));
    if (!keeping.isEmpty()) {
      details.add(
          PodView.containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    Set<String> allowed = Set.of("NET_BIND_SERVICE");
    List<String> adding =
        pod.containersThat(container -> !Baseline.added(container, allowed).isEmpty());
    if (!adding.isEmpty()) {
      Set<String> added =
          pod.containers().stream()
              .flatMap(container -> Baseline.added(container, allowed).stream())
              .collect(Collectors.toCollection(TreeSet::new));
      details.add(
          "%s must not include %s in securityContext.capabilities.add"
              .formatted(PodView.containers(adding), PodView.quoted(added)));
    }
    return details.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("unrestricted capabilities", String.join("; ", details)));
  }

  private static Optional<Violation> volumes(PodView pod) {
    List<JsonObject> bad =
        pod.spec()
            .array("volumes")
            .objects()
            .filter(volume -> volume.fields().keySet().stream().noneMatch(VOLUMES::contains))
            .toList();
    if (bad.isEmpty()) {
      return Optional.empty();
    }
    Set<String> types =
        bad.stream()
            .map(
                volume ->
                    volume.fields().keySet().stream()
                        .filter(field -> !field.equals("name"))
                        .findFirst()
                        .orElse("unknown"))
            .collect(Collectors.toCollection(TreeSet::new));
    return Optional.of(
        new Violation(
            "restricted volume types",
            "%s %s %s %s %s"
                .formatted(
                    PodView.plural("volume", bad.size()),
                    PodView.quoted(bad.stream().map(volume -> volume.string("name")).toList()),
                    PodView.uses(bad.size()),
                    PodView.plural("restricted volume type", types.size()),
                    PodView.quoted(types))));
  }

  private static Optional<Violation> nonRoot(PodView pod) {
    String explicit =
        pod.setters(security -> JsonBoolean.FALSE.equals(security.get("runAsNonRoot")));
    if (!explicit.isEmpty()) {
      return Optional.of(
          new Violation(
              "runAsNonRoot != true",
              explicit + " must not set securityContext.runAsNonRoot=false"));
    }
    List<String> silent =
        pod.security().bool("runAsNonRoot")
            ? List.of()
            : pod.containersThat(container -> !PodView.security(container).has("runAsNonRoot"));
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "runAsNonRoot != true",
                "pod or %s must set securityContext.runAsNonRoot=true"
                    .formatted(PodView.containers(silent))));
  }

  private static Optional<Violation> user(PodView pod) {
    String setters = pod.setters(security -> Json.of(0).equals(security.get("runAsUser")));
    return setters.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("runAsUser=0", setters + " must not set runAsUser=0"));
  }

  private static Optional<Violation> seccomp(PodView pod) {
    Optional<Violation> explicit = Baseline.seccomp(pod);
    if (explicit.isPresent() || pod.security().has("seccompProfile")) {
      return explicit;
    }
    List<String> silent =
        pod.containersThat(container -> !PodView.security(container).has("seccompProfile"));
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "seccompProfile",
                ("pod or %s must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                        + " \"Localhost\"")
                    .formatted(PodView.containers(silent))));
  }
}
