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
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    ImmutableList<String> wrong = Names.dns1123Label(ObjectMeta.name(object));
    if (!wrong.isEmpty()) {
      warnings.add(
          "metadata.name: this is used in Pod names and hostnames, which can result in surprising"
              + " behavior; a DNS label is recommended: "
              + "["
              + String.join(" ", wrong)
              + "]");
    }
    return warnings
        .addAll(
            PodWarnings.ofTemplate(
                object.object("spec", "template"), FieldPath.of("spec").child("template")))
        .build();
  }
}
