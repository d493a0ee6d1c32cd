package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.quota.PodResources;
import dev.drydock.cluster.quota.ResourceList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What a limit range finds wrong with an object. Models the constraints of
/// plugin/pkg/admission/limitranger.
final class LimitConstraints {
  private final JsonObject limit;
  private final String type;
  private final ResourceList requests;
  private final ResourceList limits;
  private final Set<String> problems;

  private LimitConstraints(
      JsonObject limit, ResourceList requests, ResourceList limits, Set<String> problems) {
    this.limit = limit;
    this.type = limit.string("type");
    this.requests = requests;
    this.limits = limits;
    this.problems = problems;
  }

  static List<String> ofPod(JsonObject pod, JsonObject range) {
    Set<String> problems = new LinkedHashSet<>();
    for (JsonObject limit : range.array("spec", "limits").objects().toList()) {
      switch (limit.string("type")) {
        case "Container" ->
            containers(pod)
                .forEach(
                    container ->
                        new LimitConstraints(
                                limit,
                                PodResources.of(container, "requests"),
                                PodResources.of(container, "limits"),
                                problems)
                            .checkPod());
        case "Pod" ->
            new LimitConstraints(limit, total(pod, "requests"), total(pod, "limits"), problems)
                .checkPod();
        default -> {}
      }
    }
    return new ArrayList<>(problems);
  }

  static List<String> ofClaim(JsonObject claim, JsonObject range) {
    Set<String> problems = new LinkedHashSet<>();
    for (JsonObject limit : range.array("spec", "limits").objects().toList()) {
      if (limit.string("type").equals("PersistentVolumeClaim")) {
        new LimitConstraints(
                limit,
                PodResources.of(claim.object("spec"), "requests"),
                ResourceList.EMPTY,
                problems)
            .checkClaim();
      }
    }
    return new ArrayList<>(problems);
  }

  private static Stream<JsonObject> containers(JsonObject pod) {
    return Stream.concat(
        pod.array("spec", "containers").objects(), pod.array("spec", "initContainers").objects());
  }

  /// The sum over containers of the resources that every one of them states, or the largest init
  /// container. Shown in whole units, and CPUs in thousandths.
  private static ResourceList total(JsonObject pod, String kind) {
    List<ResourceList> all =
        pod.array("spec", "containers")
            .objects()
            .map(container -> PodResources.of(container, kind))
            .toList();
    ResourceList sum = ResourceList.EMPTY;
    for (ResourceList one : all) {
      sum = sum.plus(one);
    }
    ResourceList total = ResourceList.EMPTY;
    for (String name : sum.names()) {
      if (all.stream().allMatch(one -> one.has(name))) {
        total = total.with(name, plain(name, sum.get(name)));
      }
    }
    for (JsonObject init : pod.array("spec", "initContainers").objects().toList()) {
      total = total.max(PodResources.of(init, kind));
    }
    ResourceList declared = PodResources.of(pod.object("spec"), kind);
    for (String name : declared.names()) {
      total = total.with(name, declared.get(name));
    }
    return total;
  }

  private static Quantity plain(String name, Quantity amount) {
    return name.equals("cpu")
        ? Quantity.ofMilli(amount.milliValue())
        : Quantity.of(amount.value(), Quantity.Format.DECIMAL_SI);
  }

  private void checkPod() {
    each("min", this::min);
    each("max", this::max);
    each("maxLimitRequestRatio", this::ratio);
  }

  private void checkClaim() {
    each("min", this::min);
    each("max", this::maxRequest);
  }

  /// A rule about one resource.
  private interface Rule {
    void check(String name, Quantity enforced);
  }

  private void each(String field, Rule rule) {
    ResourceList.of(limit.object(field)).amounts().forEach(rule::check);
  }

  private void min(String name, Quantity enforced) {
    String rule = "minimum %s usage per %s is %s".formatted(name, type, enforced);
    if (!requests.has(name)) {
      problems.add(rule + ".  No request is specified");
    } else if (requests.get(name).compareTo(enforced) < 0) {
      problems.add(rule + ", but request is " + requests.get(name));
    } else if (limits.has(name) && limits.get(name).compareTo(enforced) < 0) {
      problems.add(rule + ", but limit is " + limits.get(name));
    }
  }

  private void max(String name, Quantity enforced) {
    String rule = "maximum %s usage per %s is %s".formatted(name, type, enforced);
    if (!limits.has(name)) {
      problems.add(rule + ".  No limit is specified");
    } else if (limits.get(name).compareTo(enforced) > 0) {
      problems.add(rule + ", but limit is " + limits.get(name));
    } else if (requests.has(name) && requests.get(name).compareTo(enforced) > 0) {
      problems.add(rule + ", but request is " + requests.get(name));
    }
  }

  private void maxRequest(String name, Quantity enforced) {
    String rule = "maximum %s usage per %s is %s".formatted(name, type, enforced);
    if (!requests.has(name)) {
      problems.add(rule + ".  No request is specified");
    } else if (requests.get(name).compareTo(enforced) > 0) {
      problems.add(rule + ", but request is " + requests.get(name));
    }
  }

  private void ratio(String name, Quantity enforced) {
    String rule = "%s max limit to request ratio per %s is %s".formatted(name, type, enforced);
    if (requests.get(name).isZero()) {
      problems.add(rule + ", but no request is specified or request is 0");
    } else if (limits.get(name).isZero()) {
      problems.add(rule + ", but no limit is specified or limit is 0");
    } else {
      BigDecimal ratio =
          limits.get(name).amount().divide(requests.get(name).amount(), MathContext.DECIMAL64);
      if (ratio.compareTo(enforced.amount()) > 0) {
        problems.add(String.format(Locale.ROOT, "%s, but provided ratio is %f", rule, ratio));
      }
    }
  }
}
