package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// Gives an ingress that names no class the default one. Models
/// plugin/pkg/admission/network/defaultingressclass.
public final class DefaultIngressClass implements AdmissionPlugin {

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("ingresses.networking.k8s.io");
  }

  @Override
  public JsonObject admit(JsonObject ingress, AdmissionRequest request) {
    boolean named =
        ingress.object("spec").has("ingressClassName")
            || ObjectMeta.annotations(ingress).containsKey("kubernetes.io/ingress.class");
    if (!request.creates() || named) {
      return ingress;
    }
    return DefaultClasses.newest(
            request.list("ingressclasses.networking.k8s.io", ""),
            "ingressclass.kubernetes.io/is-default-class")
        .map(name -> ingress.withAt(Json.of(name), "spec", "ingressClassName"))
        .orElse(ingress);
  }
}
