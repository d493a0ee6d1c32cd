package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.durability.DurabilityException;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// How a cluster was made and what makes it itself, as a saved cluster has it.
record About(ClusterOptions options, ClusterIdentity identity) {

  JsonObject json() {
    return JsonObject.builder()
        .put("name", options.name())
        .put("nodes", JsonArray.copyOf(options.nodes().stream().map(About::node).toList()))
        .put("clock", options.clock().name())
        .put("birth", options.birth().toString())
        .put("seed", options.seed())
        .put("signingKey", Base64.getEncoder().encodeToString(identity.signingKey()))
        .put("certificateAuthority", identity.certificateAuthority())
        .build();
  }

  private static JsonObject node(NodeOptions node) {
    return JsonObject.builder()
        .put("name", node.name())
        .put("controlPlane", node.controlPlane())
        .put("cpu", node.cpu())
        .put("memory", node.memory())
        .put("pods", node.pods())
        .build();
  }

  static About of(JsonObject json) throws DurabilityException {
    try {
      return new About(
          new ClusterOptions(
              json.string("name"),
              json.array("nodes")
                  .objects()
                  .map(About::node)
                  .collect(ImmutableList.toImmutableList()),
              ClockKind.valueOf(json.string("clock")),
              Instant.parse(json.string("birth")),
              json.integer(0, "seed")),
          new ClusterIdentity(
              Base64.getDecoder().decode(json.string("signingKey")),
              json.string("certificateAuthority")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new DurabilityException("The snapshot does not say whose cluster it is.", e);
    }
  }

  private static NodeOptions node(JsonObject node) {
    return new NodeOptions(
        node.string("name"),
        node.bool("controlPlane"),
        node.string("cpu"),
        node.string("memory"),
        (int) node.integer(0, "pods"));
  }
}
