package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashSet;
import java.util.Set;

/// Checks the spec of a pod or of a pod template, in upstream's order.
///
/// Models ValidatePodSpec in pkg/apis/core/validation.
public final class PodSpecValidation {
  private static final ImmutableList<String> RESTART_POLICIES =
      ImmutableList.of("Always", "OnFailure", "Never");

  private final String podName;
  private final boolean isPod;

  private PodSpecValidation(String podName, boolean isPod) {
    this.podName = podName;
    this.isPod = isPod;
  }

  static PodSpecValidation ofPod(JsonObject pod) {
    return new PodSpecValidation(ObjectMeta.name(pod), true);
  }

  public static PodSpecValidation ofTemplate() {
    return new PodSpecValidation("", false);
  }

  public void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    if (spec.array("containers").isEmpty()) {
      errors.required(path.child("containers"), "");
    }
    Set<String> names = new HashSet<>();
    Elements.each(
        spec.array("containers"),
        path.child("containers"),
        (container, at) -> {
          String name = container.string("name");
          if (name.isEmpty()) {
            errors.required(at.child("name"), "");
          } else {
            Names.dns1123Label(name).forEach(w -> errors.invalid(at.child("name"), name, w));
          }
          if (container.string("image").isEmpty()) {
            errors.required(at.child("image"), "");
          }
          if (!names.add(name)) {
            errors.duplicate(at.child("name"), new JsonString(name));
          }
        });
    String policy = spec.string("restartPolicy");
    if (!RESTART_POLICIES.contains(policy)) {
      errors.notSupported(path.child("restartPolicy"), policy, RESTART_POLICIES);
    }
  }
}
