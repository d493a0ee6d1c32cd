package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashSet;
import java.util.Set;

/// Checks what all kinds of containers have in common.
///
/// Models validateContainerCommon in pkg/apis/core/validation.
final class ContainerValidation {
  private static final ImmutableList<String> MESSAGE_POLICIES =
      ImmutableList.of("File", "FallbackToLogsOnError");
  private static final ImmutableList<String> PULL_POLICIES =
      ImmutableList.of("Always", "IfNotPresent", "Never");
  private static final ImmutableList<String> RESIZE_POLICIES =
      ImmutableList.of("NotRequired", "RestartContainer");
  private static final ImmutableList<String> RESIZABLE = ImmutableList.of("cpu", "memory");

  private final JsonObject spec;
  private final ImmutableMap<String, JsonObject> volumes;
  private final ImmutableList<String> claims;
  private final FieldErrors errors;

  /// @param volumes the valid volumes of the pod, by name
  ContainerValidation(
      JsonObject spec, ImmutableMap<String, JsonObject> volumes, FieldErrors errors) {
    this.spec = spec;
    this.volumes = volumes;
    this.claims = ResourceClaims.names(spec);
    this.errors = errors;
  }

  void validate(JsonObject container, FieldPath path) {
    String name = container.string("name");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else {
      errors.invalid(path.child("name"), name, Names.dns1123Label(name));
    }
    if (container.string("image").isEmpty()) {
      errors.required(path.child("image"), "");
    }
    Choices.required(
        container,
        "terminationMessagePolicy",
        path.child("terminationMessagePolicy"),
        MESSAGE_POLICIES,
        errors);
    ContainerPortValidation.validate(container.array("ports"), path.child("ports"), errors);
    EnvironmentValidation.validate(container, volumes, path, errors);
    new VolumeMountValidation(container, volumes, errors).validate(path);
    Choices.required(
        container, "imagePullPolicy", path.child("imagePullPolicy"), PULL_POLICIES, errors);
    ResourcesValidation.ofContainer(claims, errors)
        .validate(container.object("resources"), path.child("resources"));
    validateResizePolicy(container, path.child("resizePolicy"));
    if (container.has("securityContext")) {
      boolean hostUsers = !spec.has("hostUsers") || spec.bool("hostUsers");
      SecurityContextValidation.validateContainer(
          container.object("securityContext"), path.child("securityContext"), hostUsers, errors);
    }
  }

  private void validateResizePolicy(JsonObject container, FieldPath path) {
    Set<String> seen = new HashSet<>();
    Elements.each(
        container.array("resizePolicy"),
        path,
        (policy, at) -> {
          String resource = policy.string("resourceName");
          if (!seen.add(resource)) {
            errors.duplicate(at, new JsonString(resource));
          }
          Choices.required(policy, "resourceName", path, RESIZABLE, errors);
          Choices.required(policy, "restartPolicy", path, RESIZE_POLICIES, errors);
          String restart = policy.string("restartPolicy");
          if (spec.string("restartPolicy").equals("Never") && !restart.equals("NotRequired")) {
            errors.invalid(path, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
          }
        });
  }
}
