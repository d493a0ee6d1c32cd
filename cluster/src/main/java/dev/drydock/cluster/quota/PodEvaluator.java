package dev.drydock.cluster.quota;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.registry.core.pod.QosClass;
import dev.drydock.cluster.registry.core.resource.ResourceNames;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What pods take: themselves, and what their containers request and may use. Models
/// pkg/quota/v1/evaluator/core/pods.go.
final class PodEvaluator implements Evaluator {
  private static final String COUNT = "count/pods";
  private static final String PODS = "pods";
  private static final String REQUESTS = "requests.";
  private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);

  /// What every container must state when a quota is about it.
  private static final ImmutableSet<String> REQUIRED =
      ImmutableSet.of(
          "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private static final ImmutableSet<String> COMPUTE =
      ImmutableSet.of("cpu", "memory", "ephemeral-storage");

  @Override
  public String resource() {
    return PODS;
  }

  @Override
  public boolean handles(boolean create, String subresource) {
    return create ? subresource.isEmpty() : subresource.equals("resize");
  }

  @Override
  public boolean matches(String quotaName) {
    if (quotaName.equals(COUNT) || quotaName.equals(PODS) || COMPUTE.contains(quotaName)) {
      return true;
    }
    if (quotaName.startsWith("limits.")) {
      return COMPUTE.contains(quotaName.substring("limits.".length()));
    }
    String bare = withoutPrefix(quotaName);
    return ResourceNames.isHugePages(bare)
        || quotaName.startsWith(REQUESTS)
            && (COMPUTE.contains(bare) || ResourceNames.isExtended(bare));
  }

  private static String withoutPrefix(String quotaName) {
    return quotaName.startsWith(REQUESTS) ? quotaName.substring(REQUESTS.length()) : quotaName;
  }

  @Override
  public boolean isInScope(QuotaScope scope, JsonObject pod) {
    return switch (scope.name()) {
      case "Terminating" -> isTerminating(pod);
      case "NotTerminating" -> !isTerminating(pod);
      case "BestEffort" -> isBestEffort(pod);
      case "NotBestEffort" -> !isBestEffort(pod);
      case "PriorityClass" ->
          scope.selects(
              pod.object("spec")
                  .optionalString("priorityClassName")
                  .filter(name -> !name.isEmpty()));
      case "CrossNamespacePodAffinity" -> looksAtOtherNamespaces(pod);
      default -> false;
    };
  }

  private static boolean isTerminating(JsonObject pod) {
    return pod.integer(-1, "spec", "activeDeadlineSeconds") >= 0;
  }

  private static boolean isBestEffort(JsonObject pod) {
    return QosClass.of(pod).equals("BestEffort");
  }

  private static boolean looksAtOtherNamespaces(JsonObject pod) {
    JsonObject affinity = pod.object("spec", "affinity");
    return Stream.of("podAffinity", "podAntiAffinity")
        .map(affinity::object)
        .flatMap(PodEvaluator::terms)
        .anyMatch(term -> !term.array("namespaces").isEmpty() || term.has("namespaceSelector"));
  }

  private static Stream<JsonObject> terms(JsonObject affinity) {
    return Stream.concat(
        affinity.array("requiredDuringSchedulingIgnoredDuringExecution").objects(),
        affinity
            .array("preferredDuringSchedulingIgnoredDuringExecution")
            .objects()
            .map(weighted -> weighted.object("podAffinityTerm")));
  }

  @Override
  public ResourceList usage(JsonObject pod, Instant now) {
    ResourceList count = ResourceList.of(COUNT, ONE);
    return isOver(pod, now)
        ? count
        : count.plus(compute(PodResources.requests(pod), PodResources.limits(pod)));
  }

  /// Whether a pod has ended, or should have by now; then it only counts as an object.
  private static boolean isOver(JsonObject pod, Instant now) {
    String phase = pod.string("status", "phase");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return true;
    }
    Optional<Instant> deletion = Times.parse(pod.string("metadata", "deletionTimestamp"));
    return pod.object("metadata").has("deletionGracePeriodSeconds")
        && deletion.filter(at -> now.isAfter(at)).isPresent();
  }

  private static ResourceList compute(ResourceList requests, ResourceList limits) {
    TreeMap<String, Quantity> used = new TreeMap<>();
    used.put(PODS, ONE);
    requests
        .amounts()
        .forEach(
            (name, amount) -> {
              if (COMPUTE.contains(name) || ResourceNames.isHugePages(name)) {
                used.put(name, amount);
                used.put(REQUESTS + name, amount);
              } else if (ResourceNames.isExtended(name)) {
                used.put(REQUESTS + name, amount);
              }
            });
    limits.only(COMPUTE).amounts().forEach((name, amount) -> used.put("limits." + name, amount));
    return new ResourceList(ImmutableSortedMap.copyOf(used));
  }

  @Override
  public String missing(ResourceList required, JsonObject pod) {
    TreeMap<String, TreeSet<String>> containersByName = new TreeMap<>();
    Stream.concat(
            pod.array("spec", "containers").objects(),
            pod.array("spec", "initContainers").objects())
        .forEach(
            container -> {
              ResourceList stated =
                  compute(
                      PodResources.of(container, "requests"), PodResources.of(container, "limits"));
              required.names().stream()
                  .filter(name -> REQUIRED.contains(name) && !stated.has(name))
                  .forEach(
                      name ->
                          containersByName
                              .computeIfAbsent(name, _ -> new TreeSet<>())
                              .add(container.string("name")));
            });
    return containersByName.entrySet().stream()
        .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
        .collect(Collectors.joining("; "));
  }
}
