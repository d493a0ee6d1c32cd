package dev.drydock.cluster.registry.node.runtimeclass;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;
import dev.drydock.cluster.registry.core.resource.NodeLabels;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of runtime classes. Models pkg/registry/node/runtimeclass and
/// pkg/apis/node/validation.
public final class RuntimeClassStrategy implements Strategy {
  private static final FieldPath HANDLER = FieldPath.of("handler");
  private static final FieldPath NODES = FieldPath.of("scheduling").child("nodeSelector");

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    String handler = object.string("handler");
    errors.invalid(HANDLER, handler, Names.dns1123Label(handler));
    ObjectMetaValidation.validateLabels(
        object.object("scheduling").strings("nodeSelector"), NODES, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    String handler = object.string("handler");
    if (!handler.equals(old.string("handler"))) {
      errors.invalid(HANDLER, handler, Formats.IMMUTABLE);
    }
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    return object.object("scheduling", "nodeSelector").fields().keySet().stream()
        .filter(label -> !NodeLabels.deprecation(label).isEmpty())
        .map(label -> NODES.key(label) + ": " + NodeLabels.deprecation(label))
        .collect(ImmutableList.toImmutableList());
  }
}
