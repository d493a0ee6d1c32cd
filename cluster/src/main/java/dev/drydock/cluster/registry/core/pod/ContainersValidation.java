package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks the three lists of containers of a pod spec.
///
/// Models validateContainers, validateInitContainers and validateEphemeralContainers in
/// pkg/apis/core/validation.
final class ContainersValidation {
  private static final String NOT_EPHEMERAL = "cannot be set for an Ephemeral Container";
  private static final String ONLY_SIDECARS =
      "may not be set for init containers without restartPolicy=Always";
  private static final ImmutableList<String> NOT_OF_EPHEMERAL =
      ImmutableList.of(
          "ports",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");

  private final JsonObject spec;
  private final FieldPath path;
  private final ContainerValidation common;
  private final ProbeValidation probes;
  private final FieldErrors errors;

  ContainersValidation(
      JsonObject spec, FieldPath path, ContainerValidation common, FieldErrors errors) {
    this.spec = spec;
    this.path = path;
    this.common = common;
    this.probes = new ProbeValidation(spec, errors);
    this.errors = errors;
  }

  private static Set<String> names(JsonArray containers) {
    return containers.objects().map(one -> one.string("name")).collect(Collectors.toSet());
  }

  void validate() {
    validateContainers();
    validateInitContainers();
    validateEphemeralContainers();
  }

  private void validateContainers() {
    JsonArray containers = spec.array("containers");
    if (containers.isEmpty()) {
      errors.required(path.child("containers"), "");
      return;
    }
    Set<String> names = new HashSet<>();
    Set<String> hostPorts = new HashSet<>();
    Elements.each(
        containers,
        path.child("containers"),
        (container, at) -> {
          common.validate(container, at);
          if (!names.add(container.string("name"))) {
            errors.duplicate(at.child("name"), new JsonString(container.string("name")));
          }
          probes.validateAll(container, at);
          RestartRules.validate(container, at, errors);
        });
    Elements.each(
        containers,
        path.child("containers"),
        (container, at) ->
            ContainerPortValidation.validateHostPorts(container, hostPorts, at, errors));
  }

  private void validateInitContainers() {
    Set<String> names = names(spec.array("containers"));
    Elements.each(
        spec.array("initContainers"),
        path.child("initContainers"),
        (container, at) -> {
          common.validate(container, at);
          RestartRules.validate(container, at, errors);
          String name = container.string("name");
          if (!names.add(name) && !name.isEmpty()) {
            errors.duplicate(at.child("name"), new JsonString(name));
          }
          ContainerPortValidation.validateHostPorts(
              container, new HashSet<>(), path.child("initContainers").index(0), errors);
          if (container.string("restartPolicy").equals("Always")) {
            probes.validateAll(container, at);
          } else {
            forbid(
                container,
                at,
                ImmutableList.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe"),
                ONLY_SIDECARS);
          }
        });
  }

  private void validateEphemeralContainers() {
    Set<String> others = names(spec.array("containers"));
    others.addAll(names(spec.array("initContainers")));
    Set<String> all = new HashSet<>(others);
    Elements.each(
        spec.array("ephemeralContainers"),
        path.child("ephemeralContainers"),
        (container, at) -> {
          common.validate(container, at);
          PodValidation.validateImageIsTrimmed(container, at, errors);
          String name = container.string("name");
          if (!all.add(name)) {
            errors.duplicate(at.child("name"), new JsonString(name));
          }
          String target = container.string("targetContainerName");
          if (!target.isEmpty() && !others.contains(target)) {
            errors.notFound(at.child("targetContainerName"), new JsonString(target));
          }
          forbid(container, at, NOT_OF_EPHEMERAL, NOT_EPHEMERAL);
          Elements.each(
              container.array("volumeMounts"),
              at.child("volumeMounts"),
              (mount, mountPath) ->
                  forbid(
                      mount, mountPath, ImmutableList.of("subPath", "subPathExpr"), NOT_EPHEMERAL));
        });
  }

  private void forbid(
      JsonObject object, FieldPath at, ImmutableList<String> fields, String detail) {
    for (String field : fields) {
      if (object.has(field) && !isUnset(object, field)) {
        errors.forbidden(at.child(field), detail);
      }
    }
  }

  private static boolean isUnset(JsonObject object, String field) {
    return field.equals("resources") && object.object(field).isEmpty()
        || object.get(field) instanceof JsonArray array && array.isEmpty();
  }
}
