package dev.drydock.cluster.registry.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import org.junit.jupiter.api.Test;

class EventStrategyTest {
  private static final String EVENTS = "v1/namespaces/default/events";

  @Test
  void keepsEventsOfEitherGroupAlike() {
    try (TestServer server = new TestServer()) {
      server.create(
          "events.k8s.io/v1/namespaces/default/events",
          """
          metadata: {name: e}
          regarding: {kind: Pod, name: web, namespace: default}
          note: Pulled
          reason: Pulled
          type: Normal
          action: Pulling
          reportingController: kubelet
          reportingInstance: node
          eventTime: "2026-01-01T00:00:00.000000Z"
          """);
      JsonObject event = server.get(EVENTS + "/e");
      assertThat(event.string("apiVersion")).isEqualTo("v1");
      assertThat(event.string("message")).isEqualTo("Pulled");
      assertThat(server.get(EVENTS + "?fieldSelector=involvedObject.name%3Dweb,source%3Dkubelet"))
          .extracting(list -> list.array("items").size())
          .isEqualTo(1);
    }
  }
}
