package dev.drydock.cluster.quota;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;

/// One scope that a quota is limited to. Models ScopedResourceSelectorRequirement.
///
/// @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`
public record QuotaScope(String name, String operator, ImmutableList<String> values) {

  /// The scopes of a quota, of which all must hold.
  static ImmutableList<QuotaScope> of(JsonObject quota) {
    JsonObject spec = quota.object("spec");
    return Stream.concat(
            spec.array("scopes")
                .strings()
                .map(name -> new QuotaScope(name, "Exists", ImmutableList.of())),
            spec.array("scopeSelector", "matchExpressions").objects().map(QuotaScope::ofExpression))
        .collect(ImmutableList.toImmutableList());
  }

  private static QuotaScope ofExpression(JsonObject expression) {
    return new QuotaScope(
        expression.string("scopeName"),
        expression.string("operator"),
        expression.array("values").strings().collect(ImmutableList.toImmutableList()));
  }

  /// Whether a value that may be absent fits.
  boolean selects(Optional<String> value) {
    return switch (operator) {
      case "In" -> value.filter(values::contains).isPresent();
      case "NotIn" -> value.filter(values::contains).isEmpty();
      case "DoesNotExist" -> value.isEmpty();
      default -> value.isPresent();
    };
  }
}
