package dev.drydock.cluster.registry.core.serviceaccount;

import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of service accounts. Models pkg/registry/core/serviceaccount.
public final class ServiceAccountStrategy implements Strategy {

  @Override
  public boolean hasStatus() {
    return false;
  }
}
