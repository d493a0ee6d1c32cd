package dev.drydock.grader.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.drydock.cluster.apimachinery.cel.CelLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the parts of Kubernetes objects by name and meaning, never by position: containers, ports,
/// environment variables, mounts, volumes, conditions. Each takes an object or an optional one and
/// gives an optional, so that absence flows through.
final class ObjectLibrary {
  private static final CelType OPTIONAL = OptionalType.create(DYN);

  private ObjectLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .member("container", "object_container", OPTIONAL, a -> container(a), DYN, STRING)
        .member("port", "container_port_name", OPTIONAL, a -> port(a, "name"), DYN, STRING)
        .member("port", "container_port_number", OPTIONAL, a -> portNumber(a), DYN, INT)
        .member("environment", "container_env", OPTIONAL, a -> named(a, "env", "name"), DYN, STRING)
        .member("mount", "container_mount", OPTIONAL, a -> mount(a), DYN, STRING)
        .member("volume", "object_volume", OPTIONAL, a -> volume(a), DYN, STRING)
        .member("condition", "object_condition", OPTIONAL, a -> condition(a), DYN, STRING)
        .function("sameImage", "same_image", BOOL, a -> sameImage(a), STRING, STRING);
  }

  /// A container or init container of a pod or of the pod template in a workload.
  private static Optional<?> container(Object[] arguments) {
    Object podSpec = podSpec(arguments[0]);
    List<Object> all = new ArrayList<>(list(podSpec, "containers"));
    all.addAll(list(podSpec, "initContainers"));
    return find(all, "name", arguments[1]);
  }

  private static Optional<?> volume(Object[] arguments) {
    return find(list(podSpec(arguments[0]), "volumes"), "name", arguments[1]);
  }

  private static @Nullable Object podSpec(@Nullable Object object) {
    Object spec = field(unwrap(object), "spec");
    Object jobTemplateSpec = field(field(spec, "jobTemplate"), "spec");
    Object template = field(jobTemplateSpec == null ? spec : jobTemplateSpec, "template");
    return template == null ? spec : field(template, "spec");
  }

  private static Optional<?> port(Object[] arguments, String key) {
    return find(ports(arguments[0]), key, arguments[1]);
  }

  private static Optional<?> portNumber(Object[] arguments) {
    Optional<?> found = find(ports(arguments[0]), "containerPort", arguments[1]);
    return found.isPresent() ? found : find(ports(arguments[0]), "port", arguments[1]);
  }

  /// The ports of a container or of a service.
  private static List<?> ports(Object object) {
    Object spec = field(unwrap(object), "spec");
    return list(spec == null ? unwrap(object) : spec, "ports");
  }

  private static Optional<?> condition(Object[] arguments) {
    return find(list(field(unwrap(arguments[0]), "status"), "conditions"), "type", arguments[1]);
  }

  private static Optional<?> mount(Object[] arguments) {
    String wanted = withoutSlash(arguments[1]);
    return list(unwrap(arguments[0]), "volumeMounts").stream()
        .filter(mount -> wanted.equals(withoutSlash(field(mount, "mountPath"))))
        .findFirst();
  }

  private static String withoutSlash(@Nullable Object path) {
    String text = String.valueOf(path);
    return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static Optional<?> named(Object[] arguments, String list, String key) {
    return find(list(unwrap(arguments[0]), list), key, arguments[1]);
  }

  private static boolean sameImage(Object[] arguments) {
    return ImageReference.parse((String) arguments[0])
        .equals(ImageReference.parse((String) arguments[1]));
  }

  private static Optional<?> find(List<?> items, String key, Object value) {
    return items.stream().filter(item -> Objects.equals(field(item, key), value)).findFirst();
  }

  private static List<?> list(@Nullable Object object, String name) {
    return field(object, name) instanceof List<?> list ? list : List.of();
  }

  private static @Nullable Object field(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> map ? map.get(name) : null;
  }

  private static @Nullable Object unwrap(@Nullable Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }
}
