package dev.drydock.cluster.admission.plugin.podsecurity;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.admission.plugin.podsecurity.Check.Violation;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of the baseline level, in the order of their names. Models pod-security-admission's
/// policy/check_*.go.
final class Baseline {
  /// The first version that takes a pod's user namespace into account.
  static final int USER_NAMESPACES = 35;

  private static final ImmutableSet<String> CAPABILITIES =
      ImmutableSet.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private static final ImmutableSet<String> PROFILES =
      ImmutableSet.of("RuntimeDefault", "Localhost");

  static final ImmutableList<Check> CHECKS =
      ImmutableList.of(
          Check.since(0, (pod, _) -> appArmor(pod)),
          Check.overridden(0, (pod, _) -> capabilities(pod)),
          Check.since(0, (pod, _) -> hostNamespaces(pod)),
          Check.overridden(0, (pod, _) -> hostPaths(pod)),
          Check.since(0, (pod, _) -> hostPorts(pod)),
          Check.since(34, (pod, _) -> hostProbes(pod)),
          Check.since(0, (pod, _) -> privileged(pod)),
          Check.since(0, Baseline::procMount),
          Check.since(0, Baseline::seLinux),
          Check.overridden(19, (pod, _) -> seccomp(pod)),
          Check.since(0, Baseline::sysctls),
          Check.since(0, (pod, _) -> windowsHostProcess(pod)));

  private Baseline() {}

  private static Optional<Violation> when(boolean bad, String reason, String detail) {
    return bad ? Optional.of(new Violation(reason, detail)) : Optional.empty();
  }

  private static Optional<Violation> appArmor(PodView pod) {
    Predicate<JsonObject> bad =
        security ->
            security.has("appArmorProfile")
                && !PROFILES.contains(security.string("appArmorProfile", "type"));
    List<String> values =
        new ArrayList<>(pod.values(bad, security -> security.string("appArmorProfile", "type")));
    List<String> setters = new ArrayList<>();
    if (!pod.setters(bad).isEmpty()) {
      setters.add(pod.setters(bad));
    }
    List<String> annotations =
        pod.metadata().strings("annotations").entrySet().stream()
            .filter(a -> a.getKey().startsWith("container.apparmor.security.beta.kubernetes.io/"))
            .filter(a -> !isAllowedAppArmor(a.getValue()))
            .map(a -> a.getKey() + "=\"" + a.getValue() + "\"")
            .sorted()
            .toList();
    if (!annotations.isEmpty()) {
      values.addAll(annotations);
      setters.add(PodView.plural("annotation", annotations.size()));
    }
    return when(
        !setters.isEmpty(),
        PodView.plural("forbidden AppArmor profile", values.size()),
        "%s must not set AppArmor profile type to %s"
            .formatted(String.join(" and ", setters), PodView.quoted(values)));
  }

  private static boolean isAllowedAppArmor(String profile) {
    return profile.isEmpty()
        || profile.equals("runtime/default")
        || profile.startsWith("localhost/");
  }

  private static Optional<Violation> capabilities(PodView pod) {
    Set<String> added = new TreeSet<>();
    List<String> bad =
        pod.containersThat(
            container -> {
              List<String> own = added(container, CAPABILITIES);
              added.addAll(own);
              return !own.isEmpty();
            });
    return when(
        !bad.isEmpty(),
        "non-default capabilities",
        "%s must not include %s in securityContext.capabilities.add"
            .formatted(PodView.containers(bad), PodView.quoted(added)));
  }

  /// The capabilities that a container adds though they are not among the allowed.
  static List<String> added(JsonObject container, Set<String> allowed) {
    return PodView.security(container)
        .array("capabilities", "add")
        .strings()
        .filter(capability -> !allowed.contains(capability))
        .toList();
  }

  private static Optional<Violation> hostNamespaces(PodView pod) {
    String shared =
        Stream.of("hostNetwork", "hostPID", "hostIPC")
            .filter(pod.spec()::bool)
            .map(field -> field + "=true")
            .collect(Collectors.joining(", "));
    return when(!shared.isEmpty(), "host namespaces", shared);
  }

  private static Optional<Violation> hostPaths(PodView pod) {
    List<String> volumes =
        pod.spec()
            .array("volumes")
            .objects()
            .filter(volume -> volume.has("hostPath"))
            .map(volume -> volume.string("name"))
            .toList();
    return when(
        !volumes.isEmpty(),
        "hostPath volumes",
        PodView.plural("volume", volumes.size()) + " " + PodView.quoted(volumes));
  }

  private static Stream<Long> hostPorts(JsonObject container) {
    return container
        .array("ports")
        .objects()
        .map(port -> port.integer(0, "hostPort"))
        .filter(port -> port != 0);
  }

  private static Optional<Violation> hostPorts(PodView pod) {
    List<String> bad = pod.containersThat(container -> hostPorts(container).findAny().isPresent());
    Set<String> ports =
        pod.containers().stream()
            .flatMap(Baseline::hostPorts)
            .map(String::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    return when(
        !bad.isEmpty(),
        "hostPort",
        "%s %s %s %s"
            .formatted(
                PodView.containers(bad),
                PodView.uses(bad.size()),
                PodView.plural("hostPort", ports.size()),
                String.join(", ", ports)));
  }

  private static Stream<String> hosts(JsonObject container) {
    Stream<JsonObject> handlers =
        Stream.concat(
            Stream.of("livenessProbe", "readinessProbe", "startupProbe").map(container::object),
            Stream.of("postStart", "preStop").map(hook -> container.object("lifecycle", hook)));
    return handlers
        .flatMap(
            handler ->
                Stream.of(handler.string("httpGet", "host"), handler.string("tcpSocket", "host")))
        .filter(host -> !host.isEmpty());
  }

  private static Optional<Violation> hostProbes(PodView pod) {
    Set<String> bad =
        new TreeSet<>(pod.containersThat(container -> hosts(container).findAny().isPresent()));
    Set<String> hosts =
        pod.containers().stream()
            .flatMap(Baseline::hosts)
            .collect(Collectors.toCollection(TreeSet::new));
    return when(
        !bad.isEmpty(),
        "probe or lifecycle host",
        "%s %s %s %s"
            .formatted(
                PodView.containers(List.copyOf(bad)),
                PodView.uses(bad.size()),
                PodView.plural("probe or lifecycle host", hosts.size()),
                PodView.quoted(hosts)));
  }

  private static Optional<Violation> privileged(PodView pod) {
    List<String> bad =
        pod.containersThat(container -> PodView.security(container).bool("privileged"));
    return when(
        !bad.isEmpty(),
        "privileged",
        PodView.containers(bad) + " must not set securityContext.privileged=true");
  }

  private static Optional<Violation> procMount(PodView pod, int version) {
    if (version >= USER_NAMESPACES && pod.hasUserNamespace()) {
      return Optional.empty();
    }
    Predicate<JsonObject> unmasked =
        container ->
            !ImmutableSet.of("", "Default")
                .contains(PodView.security(container).string("procMount"));
    List<String> bad = pod.containersThat(unmasked);
    Set<String> types =
        pod.containers().stream()
            .filter(unmasked)
            .map(container -> PodView.security(container).string("procMount"))
            .collect(Collectors.toCollection(TreeSet::new));
    return when(
        !bad.isEmpty(),
        "procMount",
        "%s must not set securityContext.procMount to %s"
            .formatted(PodView.containers(bad), PodView.quoted(types)));
  }

  private static Optional<Violation> seLinux(PodView pod, int version) {
    Set<String> allowed =
        version >= 31
            ? Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
            : Set.of("", "container_t", "container_init_t", "container_kvm_t");
    Predicate<JsonObject> badType =
        security -> !allowed.contains(security.string("seLinuxOptions", "type"));
    Predicate<JsonObject> setsUser =
        security -> !security.string("seLinuxOptions", "user").isEmpty();
    Predicate<JsonObject> setsRole =
        security -> !security.string("seLinuxOptions", "role").isEmpty();
    String setters = pod.setters(badType.or(setsUser).or(setsRole));
    Set<String> types = pod.values(badType, security -> security.string("seLinuxOptions", "type"));
    List<String> details = new ArrayList<>();
    if (!types.isEmpty()) {
      details.add(PodView.plural("type", types.size()) + " " + PodView.quoted(types));
    }
    if (!pod.setters(setsUser).isEmpty()) {
      details.add("user may not be set");
    }
    if (!pod.setters(setsRole).isEmpty()) {
      details.add("role may not be set");
    }
    return when(
        !setters.isEmpty(),
        "seLinuxOptions",
        "%s set forbidden securityContext.seLinuxOptions: %s"
            .formatted(setters, String.join("; ", details)));
  }

  /// Whether a profile is set, and not to one that is allowed.
  static boolean hasBadSeccomp(JsonObject security) {
    return security.has("seccompProfile")
        && !PROFILES.contains(security.string("seccompProfile", "type"));
  }

  static Optional<Violation> seccomp(PodView pod) {
    String setters = pod.setters(Baseline::hasBadSeccomp);
    return when(
        !setters.isEmpty(),
        "seccompProfile",
        "%s must not set securityContext.seccompProfile.type to %s"
            .formatted(
                setters,
                PodView.quoted(
                    pod.values(
                        Baseline::hasBadSeccomp,
                        security -> security.string("seccompProfile", "type")))));
  }

  private static Optional<Violation> sysctls(PodView pod, int version) {
    List<String> bad =
        pod.security()
            .array("sysctls")
            .objects()
            .map(sysctl -> sysctl.string("name"))
            .filter(name -> !isSafe(name, version))
            .toList();
    return when(!bad.isEmpty(), "forbidden sysctls", String.join(", ", bad));
  }

  private static boolean isSafe(String sysctl, int version) {
    return switch (sysctl) {
      case "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start" ->
          true;
      case "net.ipv4.ip_local_reserved_ports" -> version >= 27;
      case "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes" ->
          version >= 29;
      case "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem" -> version >= 32;
      default -> false;
    };
  }

  private static Optional<Violation> windowsHostProcess(PodView pod) {
    String setters = pod.setters(security -> security.object("windowsOptions").bool("hostProcess"));
    return when(
        !setters.isEmpty(),
        "hostProcess",
        setters + " must not set securityContext.windowsOptions.hostProcess=true");
  }
}
