package dev.drydock.cluster.quota;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.time.Instant;

/// What services take: themselves, node ports and load balancers. Models
/// pkg/quota/v1/evaluator/core/services.go.
final class ServiceEvaluator implements Evaluator {
  private static final String LOAD_BALANCERS = "services.loadbalancers";
  private static final String NODE_PORTS = "services.nodeports";
  private static final ImmutableSet<String> NAMES =
      ImmutableSet.of("count/services", "services", LOAD_BALANCERS, NODE_PORTS);

  @Override
  public String resource() {
    return "services";
  }

  @Override
  public boolean handles(boolean create, String subresource) {
    return subresource.isEmpty();
  }

  @Override
  public boolean matches(String quotaName) {
    return NAMES.contains(quotaName);
  }

  @Override
  public ResourceList usage(JsonObject service, Instant now) {
    String type = service.string("spec", "type");
    return new ResourceList(
        ImmutableSortedMap.of(
            "count/services",
            count(1),
            "services",
            count(1),
            LOAD_BALANCERS,
            count(type.equals("LoadBalancer") ? 1 : 0),
            NODE_PORTS,
            count(nodePorts(service, type))));
  }

  private static Quantity count(long number) {
    return Quantity.of(number, Quantity.Format.DECIMAL_SI);
  }

  private static long nodePorts(JsonObject service, String type) {
    boolean allocates =
        !JsonBoolean.FALSE.equals(service.at("spec", "allocateLoadBalancerNodePorts"));
    return switch (type) {
      case "NodePort" -> service.array("spec", "ports").size();
      case "LoadBalancer" ->
          service
              .array("spec", "ports")
              .objects()
              .filter(port -> allocates || port.integer(0, "nodePort") != 0)
              .count();
      default -> 0;
    };
  }
}
