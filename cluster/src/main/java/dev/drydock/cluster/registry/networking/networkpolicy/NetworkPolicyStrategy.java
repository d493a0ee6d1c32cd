package dev.drydock.cluster.registry.networking.networkpolicy;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.List;

/// The rules of network policies. Models pkg/registry/networking/networkpolicy.
public final class NetworkPolicyStrategy implements Strategy {

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", NetworkPolicyStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.pointer(given, "podSelector", JsonObject.EMPTY);
    for (String direction : new String[] {"ingress", "egress"}) {
      spec =
          Defaulting.each(
              spec,
              direction,
              rule ->
                  Defaulting.each(
                      rule, "ports", port -> Defaulting.value(port, "protocol", "TCP")));
    }
    if (!spec.array("policyTypes").isEmpty()) {
      return spec;
    }
    return spec.with(
        "policyTypes",
        JsonArray.ofStrings(
            spec.array("egress").isEmpty() ? List.of("Ingress") : List.of("Ingress", "Egress")));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    NetworkPolicyValidation.validate(object.object("spec"), errors);
  }
}
