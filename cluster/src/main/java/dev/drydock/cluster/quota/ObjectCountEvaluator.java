package dev.drydock.cluster.quota;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.time.Instant;

/// Counts objects: `count/deployments.apps`, and by its bare name what could be counted before that
/// form. Models apiserver/pkg/quota/v1/generic.NewObjectCountEvaluator.
record ObjectCountEvaluator(String resource) implements Evaluator {
  private static final ImmutableSet<String> BARE =
      ImmutableSet.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");
  private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);

  @Override
  public boolean handles(boolean create, String subresource) {
    return create && subresource.isEmpty();
  }

  @Override
  public boolean matches(String quotaName) {
    return quotaName.equals("count/" + resource)
        || quotaName.equals(resource) && BARE.contains(resource);
  }

  @Override
  public ResourceList usage(JsonObject object, Instant now) {
    ResourceList used = ResourceList.of("count/" + resource, ONE);
    return BARE.contains(resource) ? used.with(resource, ONE) : used;
  }
}
