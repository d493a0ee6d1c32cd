package dev.drydock.cluster.registry.core.serviceaccount;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of service accounts. Models pkg/registry/core/serviceaccount.
public final class ServiceAccountStrategy implements Strategy {
  private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    return ObjectMeta.annotations(object).containsKey(MOUNTABLE)
        ? ImmutableList.of(
            "metadata.annotations["
                + MOUNTABLE
                + "]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted"
                + " secrets")
        : ImmutableList.of();
  }
}
