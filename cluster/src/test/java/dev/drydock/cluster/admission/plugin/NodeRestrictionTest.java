package dev.drydock.cluster.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.registry.TestRegistry;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.Transaction;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeRestrictionTest {
  private static final UserInfo NODE =
      UserInfo.of("system:node:a", ImmutableList.of("system:nodes"));

  private static String answer(
      UserInfo user,
      Operation operation,
      String resource,
      String subresource,
      String object,
      @Nullable String old) {
    JsonObject parsed = TestRegistry.object(object);
    AdmissionRequest request =
        new AdmissionRequest(
            operation,
            GroupVersion.CORE.kind("Any"),
            GroupVersion.CORE.resource(resource),
            subresource,
            "",
            ObjectMeta.name(parsed),
            old == null ? null : TestRegistry.object(old),
            user,
            false,
            new Transaction(
                Store.EMPTY,
                new ClusterIdentity(new byte[32], ""),
                Instant.EPOCH,
                new SplittableRandom(1)),
            _ -> {});
    try {
      new NodeRestriction().validate(parsed, request);
      return "";
    } catch (StatusException e) {
      return e.text();
    }
  }

  @Test
  void letsANodeTouchOnlyItsOwnPods() {
    String other = "metadata: {name: p}\nspec: {nodeName: b}";
    String own = "metadata: {name: p}\nspec: {nodeName: a}";

    assertThat(answer(NODE, Operation.DELETE, "pods", "", other, other))
        .isEqualTo(
            "pods \"p\" is forbidden: node \"a\" can only delete pods with spec.nodeName set to"
                + " itself");
    assertThat(answer(NODE, Operation.UPDATE, "pods", "status", other, other))
        .endsWith(
            "node \"a\" can only update pod status for pods with spec.nodeName set to itself");
    assertThat(answer(NODE, Operation.UPDATE, "pods", "status", own, own)).isEmpty();
    assertThat(answer(NODE, Operation.CREATE, "pods", "", own, null))
        .endsWith(
            "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"a\" can only"
                + " create mirror pods");
    assertThat(answer(UserInfo.ADMIN, Operation.DELETE, "pods", "", other, other)).isEmpty();
  }

  @Test
  void letsANodeChangeOnlyItself() {
    assertThat(answer(NODE, Operation.UPDATE, "nodes", "", "metadata: {name: b}", "{}"))
        .isEqualTo("nodes \"b\" is forbidden: node \"a\" is not allowed to modify node \"b\"");
    assertThat(
            answer(
                NODE,
                Operation.UPDATE,
                "nodes",
                "",
                "metadata: {name: a, labels: {node-restriction.kubernetes.io/x: z}}",
                "metadata: {name: a}"))
        .endsWith("is not allowed to modify labels: node-restriction.kubernetes.io/x");
    assertThat(
            answer(
                NODE,
                Operation.UPDATE,
                "nodes",
                "",
                "metadata: {name: a}\nspec: {taints: [{key: k, effect: NoSchedule}]}",
                "metadata: {name: a}"))
        .endsWith("node \"a\" is not allowed to modify taints");
  }
}
