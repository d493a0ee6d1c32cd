package dev.drydock.cluster.registry.core.limitrange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;

class LimitRangeStrategyTest {

  @Test
  void derivesWhatContainersGetFromTheirBounds() {
    JsonObject range =
        new TestRegistry()
            .create(
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: l}
                spec:
                  limits: [{type: Container, max: {cpu: 2}, min: {cpu: 0.1, memory: 64Mi}}]
                """);
    assertThat(range.object("spec"))
        .isEqualTo(
            TestRegistry.object(
                """
                limits:
                - type: Container
                  max: {cpu: "2"}
                  min: {cpu: 100m, memory: 64Mi}
                  default: {cpu: "2"}
                  defaultRequest: {cpu: "2", memory: 64Mi}
                """));
  }
}
