package dev.drydock.cluster.registry.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;

class EventStrategyTest {

  @Test
  void keepsEventsOfEitherGroupAlike() {
    TestRegistry registry = new TestRegistry();
    JsonObject event =
        registry.create(
            """
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: e}
            regarding: {kind: Pod, name: web, namespace: default}
            note: Pulled
            reason: Pulled
            type: Normal
            reportingController: kubelet
            reportingInstance: node
            action: Pulling
            eventTime: "2026-01-01T00:00:00.000000Z"
            """);
    assertThat(event.string("apiVersion")).isEqualTo("v1");
    assertThat(event.string("message")).isEqualTo("Pulled");
    assertThat(registry.selectableFields(event).strings())
        .containsEntry("involvedObject.name", "web")
        .containsEntry("source", "kubelet")
        .containsEntry("metadata.namespace", "default");
  }
}
