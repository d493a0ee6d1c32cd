package dev.drydock.cluster.registry.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;

class NamespaceStrategyTest {
  private final TestRegistry registry = new TestRegistry();

  private JsonObject created() {
    return registry.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: team}");
  }

  @Test
  void isActiveAndLabelledWithItsName() {
    JsonObject namespace = created();
    assertThat(namespace.string("status", "phase")).isEqualTo("Active");
    assertThat(namespace.array("spec", "finalizers").strings()).containsExactly("kubernetes");
    assertThat(namespace.string("metadata", "labels", "kubernetes.io/metadata.name"))
        .isEqualTo("team");
  }

  @Test
  void keepsItsFinalizersWhateverAnUpdateSays() {
    JsonObject changed =
        registry.update(created(), old -> old.withAt(JsonArray.EMPTY, "spec", "finalizers"));
    assertThat(changed.array("spec", "finalizers").strings()).containsExactly("kubernetes");
  }

  @Test
  void waitsTerminatingUntilItIsFinalized() {
    var deletion = registry.delete(created(), "{}");
    assertThat(deletion.gone()).isFalse();
    assertThat(deletion.object().string("status", "phase")).isEqualTo("Terminating");
    assertThat(registry.delete(deletion.object(), "{}").gone()).isFalse();
  }

  @Test
  void isActiveOrTerminatingAsItsDeletionSays() {
    assertThat(registry.refusalOfStatus(created(), "{phase: Terminating}"))
        .containsExactly(
            "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if"
                + " `deletionTimestamp` is empty");
  }
}
