package dev.drydock.cluster.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.Recorded;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apiserver.discovery.AggregatedDiscovery.Version;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private final ResourceTable table = ResourceTable.builtIn();

  @Test
  void aggregatesTheCoreGroupAsTheRealServerDoes() {
    assertThat(AggregatedDiscovery.api(table, Version.V2)).isEqualTo(Recorded.http("api-agg"));
  }

  @Test
  void aggregatesTheOtherGroupsAsTheRealServerDoesAndAddsMetrics() {
    JsonArray groups = AggregatedDiscovery.apis(table, Version.V2).array("items");
    JsonArray recorded = Recorded.http("apis-agg").array("items");
    assertThat(groups.items().subList(0, recorded.size())).isEqualTo(recorded.items());
    assertThat(groups.objects().skip(recorded.size()))
        .singleElement()
        .satisfies(last -> assertThat(last.string("metadata", "name")).isEqualTo("metrics.k8s.io"));
  }

  @Test
  void saysTheSameInTheBetaVersionOfTheDocument() {
    assertThat(AggregatedDiscovery.api(table, Version.V2BETA1))
        .isEqualTo(Recorded.http("api-agg").with("apiVersion", "apidiscovery.k8s.io/v2beta1"));
  }

  @Test
  void listsTheCoreGroupOnItsOwnAsTheRealServerDoes() {
    assertThat(LegacyDiscovery.resources(table, GroupVersion.CORE))
        .contains(Recorded.http("apiv1-legacy"));
  }

  @Test
  void prefersTheFirstVersionOfAGroup() {
    JsonObject autoscaling = LegacyDiscovery.group(table, "autoscaling").orElseThrow();
    assertThat(autoscaling.string("preferredVersion", "groupVersion")).isEqualTo("autoscaling/v2");
    assertThat(autoscaling.array("versions").objects().map(version -> version.string("version")))
        .containsExactly("v2", "v1");
    assertThat(LegacyDiscovery.apis(table).array("groups"))
        .contains(autoscaling.without("kind").without("apiVersion"));
  }

  @Test
  void knowsNothingOfAGroupThatIsNotServed() {
    assertThat(LegacyDiscovery.group(table, "nosuch")).isEmpty();
    assertThat(LegacyDiscovery.group(table, "")).isEmpty();
    assertThat(LegacyDiscovery.resources(table, GroupVersion.parse("apps/v9"))).isEmpty();
  }

  @Test
  void tellsClientsWhereTheServerIs() {
    assertThat(LegacyDiscovery.api("127.0.0.1:6443").array("serverAddressByClientCIDRs"))
        .containsExactly(
            JsonObject.of(
                "clientCIDR", Json.of("0.0.0.0/0"), "serverAddress", Json.of("127.0.0.1:6443")));
  }
}
