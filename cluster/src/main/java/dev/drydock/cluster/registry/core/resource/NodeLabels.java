package dev.drydock.cluster.registry.core.resource;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.function.Consumer;

/// The labels of nodes that others have replaced, and warnings of their use. Models pkg/api/node.
public final class NodeLabels {
  private static final ImmutableMap<String, String> REPLACED =
      ImmutableMap.of(
          "beta.kubernetes.io/arch",
          "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
          "beta.kubernetes.io/os",
          "deprecated since v1.14; use \"kubernetes.io/os\" instead",
          "failure-domain.beta.kubernetes.io/region",
          "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
          "failure-domain.beta.kubernetes.io/zone",
          "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
          "beta.kubernetes.io/instance-type",
          "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");

  private NodeLabels() {}

  /// What is to be said of a label; empty for one that is still good.
  public static String deprecation(String label) {
    return REPLACED.getOrDefault(label, "");
  }

  /// @param checkValues whether values that no label can have are worth a warning
  public static void warnOfTerm(
      JsonObject term, boolean checkValues, FieldPath path, Consumer<String> warnings) {
    Elements.each(
        term.array("matchExpressions"),
        path.child("matchExpressions"),
        (expression, at) -> {
          String key = expression.string("key");
          if (!deprecation(key).isEmpty()) {
            warnings.accept(at.child("key") + ": " + key + " is " + deprecation(key));
          }
          if (checkValues) {
            Elements.eachString(
                expression.array("values"),
                at.child("values"),
                (value, valuePath) ->
                    Names.labelValue(value)
                        .forEach(wrong -> warnings.accept(valuePath + ": " + wrong)));
          }
        });
  }
}
