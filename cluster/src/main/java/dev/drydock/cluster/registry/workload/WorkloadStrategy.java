package dev.drydock.cluster.registry.workload;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.pod.PodWarnings;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules that kinds with a pod template share: a new one has an empty status and generation 1,
/// a change of its spec the next generation, and its name becomes part of its pods' names.
public interface WorkloadStrategy extends Strategy {

  @Override
  default JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return Strategy.super.prepareForCreate(object, context).with("status", JsonObject.EMPTY);
  }

  @Override
  default boolean hasGeneration() {
    return true;
  }

  @Override
  default ImmutableList<String> warnings(JsonObject object) {
    return ImmutableList.<String>builder()
        .addAll(nameWarnings(object))
        .addAll(specWarnings(object))
        .build();
  }

  @Override
  default ImmutableList<String> warningsOnUpdate(JsonObject object, JsonObject old) {
    boolean changed =
        object.integer(0, "metadata", "generation") != old.integer(0, "metadata", "generation");
    return changed ? specWarnings(object) : ImmutableList.of();
  }

  /// What is said of the spec, whenever it changes.
  default ImmutableList<String> specWarnings(JsonObject object) {
    return PodWarnings.ofTemplate(
        object.object("spec", "template"), FieldPath.of("spec").child("template"));
  }

  static ImmutableList<String> nameWarnings(JsonObject object) {
    ImmutableList<String> wrong = Names.dns1123Label(ObjectMeta.name(object));
    return wrong.isEmpty()
        ? ImmutableList.of()
        : ImmutableList.of(
            "metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                + " behavior; a DNS label is recommended: ["
                + String.join(" ", wrong)
                + "]");
  }
}
