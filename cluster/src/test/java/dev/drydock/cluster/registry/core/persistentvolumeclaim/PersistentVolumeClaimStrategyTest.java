package dev.drydock.cluster.registry.core.persistentvolumeclaim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PersistentVolumeClaimStrategyTest {
  private static final String IMMUTABLE =
      "spec: Forbidden: spec is immutable after creation except resources.requests and"
          + " volumeAttributesClassName for bound claims\n";

  private final TestRegistry registry = new TestRegistry();

  private JsonObject created() {
    return registry.create(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}
        """);
  }

  private JsonObject bound() {
    JsonObject claim =
        registry.update(created(), old -> old.withAt(Json.of("pv-1"), "spec", "volumeName"));
    return registry.updateStatus(claim, "{phase: Bound, capacity: {storage: 1Gi}}");
  }

  private static UnaryOperator<JsonObject> asking(String storage) {
    return old -> old.withAt(Json.of(storage), "spec", "resources", "requests", "storage");
  }

  @Test
  void isPendingAndForFiles() {
    JsonObject claim = created();
    assertThat(claim.string("status", "phase")).isEqualTo("Pending");
    assertThat(claim.string("spec", "volumeMode")).isEqualTo("Filesystem");
    assertThat(claim.string("spec", "resources", "requests", "storage")).isEqualTo("1Gi");
  }

  @Test
  void getsItsVolumeOnceAndTheClassThatIsTheDefault() {
    JsonObject claim =
        registry.update(
            bound(), old -> old.withAt(Json.of("standard"), "spec", "storageClassName"));
    assertThat(registry.refusalOf(claim, o -> o.withAt(Json.of("x"), "spec", "volumeName")))
        .singleElement()
        .asString()
        .startsWith(IMMUTABLE);
  }

  @Test
  void mayNotAskForMoreBeforeItIsBound() {
    assertThat(registry.refusalOf(created(), asking("2Gi")))
        .singleElement()
        .asString()
        .startsWith(IMMUTABLE);
  }

  @Test
  void mayAskForMoreOnceBound() {
    assertThat(registry.refusalOf(bound(), asking("2Gi"))).isEmpty();
  }

  @Test
  void mayNotShrinkBelowWhatItHas() {
    assertThat(registry.refusalOf(bound(), asking("512Mi")))
        .containsExactly(
            "spec.resources.requests.storage: Forbidden: field can not be less than"
                + " status.capacity");
  }
}
