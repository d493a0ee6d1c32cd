package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.ArrayList;
import java.util.List;

/// The rules of the subresource `pods/resize`: the CPU and memory of running containers change, and
/// nothing else.
///
/// Models podResizeStrategy in pkg/registry/core/pod and ValidatePodResize.
final class PodResizeStrategy extends PodStrategy {
  private static final List<String> KINDS = List.of("containers", "initContainers");

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject spec = old.object("spec");
    for (String kind : KINDS) {
      JsonArray now = object.array("spec", kind);
      if (names(now).equals(names(spec.array(kind))) && !now.isEmpty()) {
        spec = spec.with(kind, resized(now, spec.array(kind)));
      } else if (!now.equals(spec.array(kind))) {
        return object;
      }
    }
    return Strategy.withNextGeneration(old.with("spec", spec), old);
  }

  private static List<String> names(JsonArray containers) {
    return containers.objects().map(one -> one.string("name")).toList();
  }

  private static JsonArray resized(JsonArray now, JsonArray old) {
    List<Json> resized = new ArrayList<>();
    List<JsonObject> wanted = now.objects().toList();
    List<JsonObject> before = old.objects().toList();
    for (int i = 0; i < before.size(); i++) {
      JsonObject container = Strategy.withFieldOf(before.get(i), wanted.get(i), "resources");
      resized.add(Strategy.withFieldOf(container, wanted.get(i), "resizePolicy"));
    }
    return JsonArray.copyOf(resized);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    PodValidation.validateMetadataAndSpec(object, errors);
    String before = old.string("status", "qosClass");
    if (!QosClass.of(object).equals(before)) {
      errors.invalid(
          PodValidation.SPEC,
          QosClass.of(object),
          "Pod QOS Class may not change as a result of resizing");
    }
    for (String kind : KINDS) {
      FieldPath path = PodValidation.SPEC.child(kind);
      List<JsonObject> olds = old.array("spec", kind).objects().toList();
      if (!names(object.array("spec", kind)).equals(names(old.array("spec", kind)))) {
        errors.forbidden(path, "containers may not be renamed or reordered on resize");
        continue;
      }
      List<JsonObject> remaining = new ArrayList<>(olds);
      Elements.each(
          object.array("spec", kind),
          path,
          (container, at) ->
              validateContainer(
                  container.object("resources"),
                  remaining.removeFirst().object("resources"),
                  at.child("resources"),
                  errors));
    }
  }

  private static void validateContainer(
      JsonObject now, JsonObject old, FieldPath path, FieldErrors errors) {
    for (String kind : List.of("requests", "limits")) {
      JsonObject amounts = now.object(kind);
      if (!amounts.fields().keySet().containsAll(old.object(kind).fields().keySet())) {
        errors.forbidden(path.child(kind), "resource " + kind + " cannot be removed");
      }
      if (!withoutCompute(amounts).equals(withoutCompute(old.object(kind)))) {
        errors.forbidden(PodValidation.SPEC, "only cpu and memory resources are mutable");
      }
    }
  }

  private static JsonObject withoutCompute(JsonObject amounts) {
    return amounts.without("cpu").without("memory");
  }
}
