package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.core.resource.ResourceNames;
import java.util.List;
import java.util.stream.Stream;

/// Checks the requests and limits of a container or of a pod as a whole.
///
/// Models validateResourceRequirements in pkg/apis/core/validation.
final class ResourcesValidation {
  /// How the name of a resource is checked.
  private interface NameCheck {
    void check(String name, FieldPath path, FieldErrors errors);
  }

  private static final List<String> COMPUTE = List.of("cpu", "memory");

  private final NameCheck names;
  private final ImmutableList<String> claims;
  private final FieldErrors errors;

  private ResourcesValidation(NameCheck names, ImmutableList<String> claims, FieldErrors errors) {
    this.names = names;
    this.claims = claims;
    this.errors = errors;
  }

  /// @param claims the names of the pod's resource claims
  static ResourcesValidation ofContainer(ImmutableList<String> claims, FieldErrors errors) {
    return new ResourcesValidation(ResourceNames::validateOfContainer, claims, errors);
  }

  static ResourcesValidation ofPod(FieldErrors errors) {
    return new ResourcesValidation(ResourceNames::validateOfPod, ImmutableList.of(), errors);
  }

  void validate(JsonObject resources, FieldPath path) {
    JsonObject limits = resources.object("limits");
    JsonObject requests = resources.object("requests");
    FieldPath limitsPath = path.child("limits");
    FieldPath requestsPath = path.child("requests");
    for (String name : limits.fields().keySet()) {
      validateAmount(name, Quantities.at(limits, name), limitsPath.key(name));
    }
    for (String name : requests.fields().keySet()) {
      validateAmount(name, Quantities.at(requests, name), requestsPath.key(name));
      validateWithin(name, requests, limits, requestsPath, limitsPath);
    }
    if (allNames(limits, requests).anyMatch(ResourceNames::isHugePages)
        && allNames(limits, requests).noneMatch(COMPUTE::contains)) {
      errors.forbidden(path, "HugePages require cpu or memory");
    }
    ResourceClaims.validateUse(resources.array("claims"), claims, path.child("claims"), errors);
  }

  private static Stream<String> allNames(JsonObject limits, JsonObject requests) {
    return Stream.concat(limits.fields().keySet().stream(), requests.fields().keySet().stream());
  }

  private void validateAmount(String name, Quantity amount, FieldPath path) {
    names.check(name, path, errors);
    Quantities.validate(name, amount, path, errors);
    if (ResourceNames.isHugePages(name) && !isMultiple(name, amount)) {
      errors.invalid(
          path,
          amount.toString(),
          "%s is not positive integer multiple of %s".formatted(amount, name));
    }
  }

  private static boolean isMultiple(String name, Quantity amount) {
    long page =
        Quantities.of(
                dev.drydock.cluster.apimachinery.json.Json.of(
                    name.substring(ResourceNames.HUGE_PAGES.length())))
            .value();
    return page <= 0 || amount.value() % page == 0;
  }

  private void validateWithin(
      String name,
      JsonObject requests,
      JsonObject limits,
      FieldPath requestsPath,
      FieldPath limitsPath) {
    Quantity request = Quantities.at(requests, name);
    boolean overcommit = ResourceNames.mayBeOvercommitted(name);
    if (!limits.has(name)) {
      if (!overcommit) {
        errors.required(limitsPath, "Limit must be set for non overcommitable resources");
      }
      return;
    }
    Quantity limit = Quantities.at(limits, name);
    int order = request.compareTo(limit);
    if (order != 0 && !overcommit) {
      errors.invalid(
          requestsPath,
          request.toString(),
          "must be equal to %s limit of %s".formatted(name, limit));
    } else if (order > 0) {
      errors.invalid(
          requestsPath,
          request.toString(),
          "must be less than or equal to %s limit of %s".formatted(name, limit));
    }
  }
}
