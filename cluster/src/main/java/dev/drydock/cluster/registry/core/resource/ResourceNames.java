package dev.drydock.cluster.registry.core.resource;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;

/// The names of resources: which exist, and where they may be used.
///
/// Models pkg/apis/core/helper and validateResourceName in pkg/apis/core/validation.
public final class ResourceNames {
  public static final String HUGE_PAGES = "hugepages-";

  private static final ImmutableSet<String> OF_CONTAINERS =
      ImmutableSet.of("cpu", "memory", "ephemeral-storage");
  private static final ImmutableSet<String> COUNTED =
      ImmutableSet.of(
          "pods",
          "services",
          "resourcequotas",
          "replicationcontrollers",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");
  private static final ImmutableSet<String> OF_QUOTAS =
      ImmutableSet.<String>builder()
          .addAll(OF_CONTAINERS)
          .addAll(COUNTED)
          .add("requests.cpu", "requests.memory", "requests.storage")
          .add("requests.ephemeral-storage")
          .add("limits.cpu", "limits.memory", "limits.ephemeral-storage")
          .build();
  private static final ImmutableSet<String> STANDARD =
      ImmutableSet.<String>builder().addAll(OF_QUOTAS).add("storage").build();

  private ResourceNames() {}

  public static boolean isHugePages(String name) {
    return name.startsWith(HUGE_PAGES);
  }

  /// Amounts of these are whole numbers.
  public static boolean isInteger(String name) {
    return COUNTED.contains(name) || isExtended(name);
  }

  /// One whose amount is announced by nodes under a domain of its own.
  public static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Names.qualifiedName("requests." + name).isEmpty();
  }

  private static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  /// Whether containers may be promised more of it than there is.
  public static boolean mayBeOvercommitted(String name) {
    return isNative(name) && !isHugePages(name);
  }

  public static boolean isStandardOfQuotas(String name) {
    return OF_QUOTAS.contains(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
  }

  /// Checks a name that may stand anywhere.
  ///
  /// @return whether it is a name at all
  public static boolean validate(String name, FieldPath path, FieldErrors errors) {
    ImmutableList<String> wrong = Names.qualifiedName(name);
    errors.invalid(path, name, wrong);
    if (!wrong.isEmpty()) {
      return false;
    }
    if (!name.contains("/")
        && !STANDARD.contains(name)
        && !isHugePages(name)
        && !name.startsWith("requests.hugepages-")) {
      errors.invalid(path, name, "must be a standard resource type or fully qualified");
      return false;
    }
    return true;
  }

  /// Checks a name in the requests or limits of a container.
  public static void validateOfContainer(String name, FieldPath path, FieldErrors errors) {
    validate(name, path, errors);
    if (!name.contains("/")) {
      if (!OF_CONTAINERS.contains(name) && !isHugePages(name)) {
        errors.invalid(path, name, "must be a standard resource for containers");
      }
    } else if (!isNative(name) && !isExtended(name)) {
      errors.invalid(path, name, "doesn't follow extended resource name standard");
    }
  }

  /// Checks a name in the requests or limits of a pod as a whole.
  public static void validateOfPod(String name, FieldPath path, FieldErrors errors) {
    if (validate(name, path, errors) && !isOfPod(name)) {
      errors.notSupported(path, name, ImmutableList.of("cpu", "hugepages-", "memory"));
    }
  }

  public static boolean isOfPod(String name) {
    return name.equals("cpu") || name.equals("memory") || isHugePages(name);
  }

  /// Checks a name in a resource quota.
  public static void validateOfQuota(String name, FieldPath path, FieldErrors errors) {
    validate(name, path, errors);
    if (!name.contains("/") && !isStandardOfQuotas(name)) {
      errors.invalid(path, name, "must be a standard resource for quota");
    }
  }
}
