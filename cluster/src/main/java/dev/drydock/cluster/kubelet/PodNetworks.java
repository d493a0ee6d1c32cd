package dev.drydock.cluster.kubelet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.cri.PodSandboxConfig.Dns;

/// What a pod says about names: its DNS policy and its host aliases. Models
/// pkg/kubelet/network/dns.
final class PodNetworks {
  private PodNetworks() {}

  static Dns dns(JsonObject pod) {
    Dns base =
        switch (pod.string("spec", "dnsPolicy")) {
          case "None" -> new Dns(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
          case "Default" -> node();
          case "ClusterFirst" ->
              PodSpecs.isHostNetwork(pod) ? node() : Dns.clusterFirst(ObjectMeta.namespace(pod));
          default -> Dns.clusterFirst(ObjectMeta.namespace(pod));
        };
    JsonObject config = pod.object("spec", "dnsConfig");
    return new Dns(
        joined(base.servers(), config, "nameservers"),
        joined(base.searches(), config, "searches"),
        options(base, config));
  }

  private static Dns node() {
    return new Dns(ImmutableList.of("172.18.0.1"), ImmutableList.of(), ImmutableList.of("ndots:0"));
  }

  private static ImmutableList<String> joined(
      ImmutableList<String> base, JsonObject config, String field) {
    return ImmutableList.<String>builder()
        .addAll(base)
        .addAll(config.array(field).strings().toList())
        .build()
        .stream()
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> options(Dns base, JsonObject config) {
    ImmutableList<String> more =
        config
            .array("options")
            .objects()
            .map(
                option ->
                    option.string("value").isEmpty()
                        ? option.string("name")
                        : option.string("name") + ":" + option.string("value"))
            .collect(ImmutableList.toImmutableList());
    return ImmutableList.<String>builder().addAll(base.options()).addAll(more).build();
  }

  static ImmutableListMultimap<String, String> hostAliases(JsonObject pod) {
    ImmutableListMultimap.Builder<String, String> aliases = ImmutableListMultimap.builder();
    pod.array("spec", "hostAliases")
        .objects()
        .forEach(
            alias ->
                alias
                    .array("hostnames")
                    .strings()
                    .forEach(name -> aliases.put(alias.string("ip"), name)));
    return aliases.build();
  }
}
