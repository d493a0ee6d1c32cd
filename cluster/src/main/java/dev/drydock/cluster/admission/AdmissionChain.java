package dev.drydock.cluster.admission;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// The plugins in their order. Models admission.NewChainHandler.
public record AdmissionChain(ImmutableList<AdmissionPlugin> plugins) {

  /// The plugins that concern a resource, as `pods` or `deployments.apps`.
  public AdmissionChain of(String groupResource) {
    return new AdmissionChain(
        plugins.stream()
            .filter(plugin -> plugin.handles(groupResource))
            .collect(ImmutableList.toImmutableList()));
  }

  public JsonObject admit(JsonObject object, AdmissionRequest request) {
    JsonObject admitted = object;
    for (AdmissionPlugin plugin : plugins) {
      admitted = plugin.admit(admitted, request);
    }
    return admitted;
  }

  public void validate(JsonObject object, AdmissionRequest request) {
    for (AdmissionPlugin plugin : plugins) {
      plugin.validate(object, request);
    }
  }
}
