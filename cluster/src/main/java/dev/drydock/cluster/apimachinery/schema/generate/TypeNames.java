package dev.drydock.cluster.apimachinery.schema.generate;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the OpenAPI name of a model class: `V1Pod` is `io.k8s.api.core.v1.Pod`.
///
/// The client's class names leave the package out, or shorten it to a prefix where two packages
/// have a type of one name. The protobuf messages say which packages have it.
final class TypeNames {
  static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1";
  private static final String AGGREGATOR = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1";
  private static final String EXTENSIONS =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";
  private static final Pattern CLASS = Pattern.compile("(\\w*?)(V\\d+)([A-Z]\\w*)");

  private final ImmutableListMultimap<String, String> packagesByVersionAndName;

  TypeNames(ProtoFiles protos) {
    ImmutableListMultimap.Builder<String, String> packages = ImmutableListMultimap.builder();
    protos
        .messages()
        .values()
        .forEach(
            message -> {
              String owner = ofProtoPackage(message.getFile().getPackage());
              packages.put(version(owner) + message.getName(), owner);
            });
    this.packagesByVersionAndName = packages.build();
  }

  /// `k8s.io.api.core.v1` is `io.k8s.api.core.v1`.
  static String ofProtoPackage(String proto) {
    return "io.k8s." + proto.replace("k8s.io.", "").replace("apiextensions_", "apiextensions-");
  }

  /// The last three parts of a name, as the tables write it: `core.v1.Pod`.
  static String brief(String fullName) {
    String[] parts = fullName.split("\\.");
    int n = parts.length;
    return parts[n - 3] + "." + parts[n - 2] + "." + parts[n - 1];
  }

  static String packageOf(String fullName) {
    return fullName.substring(0, fullName.lastIndexOf('.'));
  }

  private static String version(String packageName) {
    return packageName.substring(packageName.lastIndexOf('.') + 1);
  }

  static String packageOf(GroupVersionKind kind) {
    String first = kind.group().isEmpty() ? "core" : kind.group().split("\\.")[0];
    return switch (first) {
      case "apiextensions" -> EXTENSIONS;
      case "apiregistration" -> AGGREGATOR;
      default -> "io.k8s.api." + first + "." + kind.version();
    };
  }

  /// The full name of a class that a type of another package refers to.
  String of(Class<?> model, String referrer) {
    Matcher parts = CLASS.matcher(model.getSimpleName());
    if (!parts.matches()) {
      throw new IllegalArgumentException(model.getSimpleName());
    }
    String name = parts.group(3);
    String versionAndName = parts.group(2).toLowerCase(java.util.Locale.ROOT) + name;
    List<String> packages = packagesByVersionAndName.get(versionAndName);
    return chosen(packages, parts.group(1), referrer) + "." + name;
  }

  private static String chosen(List<String> packages, String prefix, String referrer) {
    if (!prefix.isEmpty()) {
      String group = "." + prefix.toLowerCase(java.util.Locale.ROOT) + ".";
      return packages.stream().filter(p -> p.contains(group)).findFirst().orElse(referrer);
    }
    if (packages.contains(referrer) || packages.isEmpty()) {
      return referrer;
    }
    return packages.contains(META) ? META : packages.getFirst();
  }

  /// The class of a kind, if the client has one.
  static Optional<Class<?>> model(GroupVersionKind kind) {
    String owner = packageOf(kind);
    String group = owner.split("\\.")[owner.split("\\.").length - 2];
    String version = kind.version().toUpperCase(java.util.Locale.ROOT);
    String capital = Character.toUpperCase(group.charAt(0)) + group.substring(1);
    return load(capital + version + kind.kind()).or(() -> load(version + kind.kind()));
  }

  static Optional<Class<?>> load(String simpleName) {
    try {
      ClassLoader loader = TypeNames.class.getClassLoader();
      return Optional.of(
          Class.forName("io.kubernetes.client.openapi.models." + simpleName, false, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /// Types that clients send or read and that no resource is named after.
  static final ImmutableSet<String> META_KINDS =
      ImmutableSet.of(
          "APIGroup",
          "APIGroupList",
          "APIResourceList",
          "APIVersions",
          "DeleteOptions",
          "Status",
          "WatchEvent");
}
