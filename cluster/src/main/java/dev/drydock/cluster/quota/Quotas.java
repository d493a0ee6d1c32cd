package dev.drydock.cluster.quota;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What resource quotas are about and how much of them is used. Models pkg/quota/v1.
public final class Quotas {
  /// What no quota counts.
  private static final ImmutableSet<String> IGNORED =
      ImmutableSet.of("events", "events.events.k8s.io");

  private static final ImmutableMap<String, Evaluator> SPECIAL =
      ImmutableMap.of(
          "pods", new PodEvaluator(),
          "services", new ServiceEvaluator(),
          "persistentvolumeclaims", new ClaimEvaluator());

  private Quotas() {}

  public static boolean counts(String resource) {
    return !IGNORED.contains(resource);
  }

  public static Evaluator evaluator(String resource) {
    Evaluator special = SPECIAL.get(resource);
    return special == null ? new ObjectCountEvaluator(resource) : special;
  }

  /// Whether an object is within all scopes of a quota.
  public static boolean isInScopes(JsonObject quota, Evaluator evaluator, JsonObject object) {
    ImmutableList<QuotaScope> scopes = QuotaScope.of(quota);
    return scopes.stream().allMatch(scope -> evaluator.isInScope(scope, object));
  }

  /// How much of a quota's hard limits the objects of its namespace use. A name that no evaluator
  /// knows is left out.
  ///
  /// @param objects lists the objects of a resource in the quota's namespace
  public static ResourceList used(
      JsonObject quota, Function<String, List<JsonObject>> objects, Instant now) {
    ResourceList hard = ResourceList.of(quota.object("spec", "hard"));
    ResourceList total = ResourceList.EMPTY;
    for (Evaluator evaluator : evaluators(hard)) {
      ResourceList used = ResourceList.EMPTY;
      for (String name : hard.names()) {
        if (evaluator.matches(name)) {
          used = used.with(name, Quantity.ZERO);
        }
      }
      for (JsonObject object : objects.apply(evaluator.resource())) {
        if (isInScopes(quota, evaluator, object)) {
          used = used.plus(evaluator.usage(object, now).only(used.names()));
        }
      }
      total = total.plus(used);
    }
    return total;
  }

  private static List<Evaluator> evaluators(ResourceList hard) {
    Set<Evaluator> evaluators = new LinkedHashSet<>();
    for (String name : hard.names()) {
      SPECIAL.values().stream()
          .filter(evaluator -> evaluator.matches(name))
          .findFirst()
          .or(
              () ->
                  java.util.Optional.of(evaluator(name.replaceFirst("^count/", "")))
                      .filter(evaluator -> evaluator.matches(name)))
          .ifPresent(evaluators::add);
    }
    return List.copyOf(evaluators);
  }
}
