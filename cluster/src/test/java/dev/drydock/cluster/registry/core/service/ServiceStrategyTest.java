package dev.drydock.cluster.registry.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceStrategyTest {
  private final TestRegistry registry = new TestRegistry();

  private static String service(String name, String spec) {
    return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: " + spec;
  }

  private static long nodePort(JsonObject service) {
    return service
        .array("spec", "ports")
        .objects()
        .findFirst()
        .orElseThrow()
        .integer(0, "nodePort");
  }

  @Test
  void fillsInWhatTheManifestLeavesOutAndGivesAnAddress() {
    JsonObject service =
        registry.create(service("web", "{selector: {app: web}, ports: [{port: 80}]}"));
    String address = service.string("spec", "clusterIP");
    assertThat(ServiceRange.containsAddress(address)).isTrue();
    assertThat(service.object("spec"))
        .isEqualTo(
            TestRegistry.object(
                """
                clusterIP: %s
                clusterIPs: [%s]
                internalTrafficPolicy: Cluster
                ipFamilies: [IPv4]
                ipFamilyPolicy: SingleStack
                ports: [{port: 80, protocol: TCP, targetPort: 80}]
                selector: {app: web}
                sessionAffinity: None
                type: ClusterIP
                """
                    .formatted(address, address)));
    assertThat(service.object("status")).isEqualTo(TestRegistry.object("{loadBalancer: {}}"));
  }

  @Test
  void givesEachServiceAnAddressOfItsOwn() {
    Set<String> addresses = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      JsonObject service = registry.create(service("s" + i, "{ports: [{port: 80}]}"));
      addresses.add(service.string("spec", "clusterIP"));
    }
    assertThat(addresses).hasSize(50);
  }

  @Test
  void refusesAnAddressThatIsTaken() {
    JsonObject first =
        registry.create(service("dns", "{clusterIP: 10.96.0.10, ports: [{port: 53}]}"));
    String second = service("other", "{clusterIP: 10.96.0.10, ports: [{port: 53}]}");
    assertThat(registry.refusalOf(second))
        .containsExactly(
            "spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to allocate IP 10.96.0.10:"
                + " provided IP is already allocated");
    registry.delete(first, "{}");
    assertThat(registry.refusalOf(second)).isEmpty();
  }

  @Test
  void givesNodePortsFromTheirRange() {
    JsonObject service = registry.create(service("a", "{type: NodePort, ports: [{port: 80}]}"));
    assertThat(nodePort(service)).isBetween(30000L, 32767L);
    assertThat(service.string("spec", "externalTrafficPolicy")).isEqualTo("Cluster");
  }

  @Test
  void refusesANodePortThatIsTaken() {
    registry.create(service("a", "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}"));
    assertThat(
            registry.refusalOf(
                service("b", "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}")))
        .containsExactly(
            "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated");
  }

  @Test
  void sharesANodePortBetweenProtocols() {
    JsonObject dns =
        registry.create(
            service(
                "dns",
                "{type: NodePort, ports: [{name: t, port: 53, nodePort: 30053},"
                    + " {name: u, port: 53, protocol: UDP, nodePort: 30053}]}"));
    assertThat(nodePort(dns)).isEqualTo(30053);
  }

  @Test
  void leavesAHeadlessServiceWithoutAnAddress() {
    JsonObject headless =
        registry.create(service("h", "{clusterIP: None, selector: {app: a}, ports: [{port: 80}]}"));
    assertThat(headless.array("spec", "clusterIPs").strings()).containsExactly("None");
    assertThat(headless.string("spec", "ipFamilyPolicy")).isEqualTo("SingleStack");
    JsonObject selectorless = registry.create(service("g", "{clusterIP: None}"));
    assertThat(selectorless.string("spec", "ipFamilyPolicy")).isEqualTo("RequireDualStack");
  }

  @Test
  void keepsItsAddressAndPortsWhenAppliedAgain() {
    String manifest = service("a", "{type: NodePort, ports: [{port: 80}]}");
    JsonObject service = registry.create(manifest);
    assertThat(registry.apply(service, manifest).object("spec")).isEqualTo(service.object("spec"));
  }

  @Test
  void getsANodePortWithItsNewTypeAndLosesItAgain() {
    JsonObject service = registry.create(service("a", "{ports: [{port: 80}]}"));
    JsonObject open =
        registry.update(service, old -> old.withAt(Json.of("NodePort"), "spec", "type"));
    assertThat(nodePort(open)).isBetween(30000L, 32767L);
    JsonObject closed =
        registry.update(open, old -> old.withAt(Json.of("ClusterIP"), "spec", "type"));
    assertThat(nodePort(closed)).isZero();
    assertThat(closed.string("spec", "clusterIP")).isEqualTo(service.string("spec", "clusterIP"));
  }

  @Test
  void mayNotMoveToAnotherAddress() {
    JsonObject service = registry.create(service("a", "{ports: [{port: 80}]}"));
    assertThat(
            registry.refusalOf(
                service, old -> old.withAt(Json.of("10.96.0.99"), "spec", "clusterIP")))
        .containsExactly(
            "spec.clusterIPs[0]: Invalid value: [\"10.96.0.99\"]: may not change once set");
  }

  @Test
  void becomesAnExternalNameWithoutItsAddress() {
    JsonObject service = registry.create(service("a", "{ports: [{port: 80}]}"));
    JsonObject external =
        registry.update(
            service,
            old ->
                old.withAt(Json.of("ExternalName"), "spec", "type")
                    .withAt(Json.of("example.com"), "spec", "externalName"));
    assertThat(external.object("spec").has("clusterIP")).isFalse();
  }
}
