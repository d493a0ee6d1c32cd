package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.util.OptionalLong;

/// The rules of pods. Models pkg/registry/core/pod/strategy.go.
public class PodStrategy implements Strategy {

  @Override
  public Strategy forSubresource(String subresource) {
    return switch (subresource) {
      case "ephemeralcontainers" -> new PodEphemeralContainersStrategy();
      case "resize" -> new PodResizeStrategy();
      default -> this;
    };
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return PodDefaults.pod(object);
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject pod = Defaulting.within(object, "spec", PodDefaults::withServiceAccount);
    pod = MatchLabelKeys.merged(pod);
    return Strategy.super.prepareForCreate(pod, context).with("status", initialStatus(pod));
  }

  private static JsonObject initialStatus(JsonObject pod) {
    JsonObject.Builder status =
        JsonObject.builder().put("phase", "Pending").put("qosClass", QosClass.of(pod));
    if (!pod.array("spec", "schedulingGates").isEmpty()) {
      JsonObject gated =
          JsonObject.builder()
              .put("type", "PodScheduled")
              .put("status", "False")
              .put("lastProbeTime", JsonNull.NULL)
              .put("lastTransitionTime", JsonNull.NULL)
              .put("reason", "SchedulingGated")
              .put("message", "Scheduling is blocked due to non-empty scheduling gates")
              .build();
      status.put("conditions", JsonArray.of(gated));
    }
    return status.build();
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    PodValidation.validateCreate(object, errors);
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    ImmutableList<String> wrong = Names.dns1123Label(ObjectMeta.name(object));
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    if (!wrong.isEmpty()) {
      warnings.add(
          "metadata.name: this is used in the Pod's hostname, which can result in surprising"
              + " behavior; a DNS label is recommended: ["
              + String.join(" ", wrong)
              + "]");
    }
    return warnings.addAll(PodWarnings.ofPod(object)).build();
  }

  /// People seldom change pods themselves, and components often do.
  @Override
  public ImmutableList<String> warningsOnUpdate(JsonObject object, JsonObject old) {
    return ImmutableList.of();
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    PodUpdateValidation.validate(object, old, errors);
  }

  @Override
  public JsonObject prepareForStatusUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared = Strategy.super.prepareForStatusUpdate(object, old);
    prepared =
        ObjectMeta.change(
            prepared,
            metadata -> Strategy.withFieldOf(metadata, old.object("metadata"), "ownerReferences"));
    return prepared.withObject(
        "status",
        status -> {
          JsonObject kept = Defaulting.value(status, "qosClass", old.string("status", "qosClass"));
          return withFirstAddress(withFirstAddress(kept, "podIP"), "hostIP");
        });
  }

  /// The old field for one address and the new one for several say the same.
  private static JsonObject withFirstAddress(JsonObject status, String field) {
    String one = status.string(field);
    JsonArray several = status.array(field + "s");
    if (several.isEmpty()) {
      return one.isEmpty()
          ? status
          : status.with(field + "s", JsonArray.of(JsonObject.of("ip", new JsonString(one))));
    }
    return several.get(0) instanceof JsonObject first
        ? status.with(field, first.string("ip"))
        : status;
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    PodStatusValidation.validateUpdate(object, old, errors);
  }

  /// A pod that runs nowhere, or no more, is deleted at once.
  @Override
  public OptionalLong gracePeriodSeconds(JsonObject object, long requestedSeconds) {
    String phase = object.string("status", "phase");
    boolean idle =
        object.string("spec", "nodeName").isEmpty()
            || phase.equals("Failed")
            || phase.equals("Succeeded");
    if (idle) {
      return OptionalLong.of(0);
    }
    if (requestedSeconds >= 0) {
      return OptionalLong.of(requestedSeconds);
    }
    long own = object.integer(0, "spec", "terminationGracePeriodSeconds");
    return OptionalLong.of(own < 0 ? 1 : own);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    String address =
        object
            .array("status", "podIPs")
            .objects()
            .findFirst()
            .orElse(JsonObject.EMPTY)
            .string("ip");
    return ImmutableMap.<String, String>builder()
        .put("spec.nodeName", object.string("spec", "nodeName"))
        .put("spec.restartPolicy", object.string("spec", "restartPolicy"))
        .put("spec.schedulerName", object.string("spec", "schedulerName"))
        .put("spec.serviceAccountName", object.string("spec", "serviceAccountName"))
        .put("spec.hostNetwork", String.valueOf(object.bool("spec", "hostNetwork")))
        .put("status.phase", object.string("status", "phase"))
        .put("status.podIP", address)
        .put("status.nominatedNodeName", object.string("status", "nominatedNodeName"))
        .build();
  }
}
