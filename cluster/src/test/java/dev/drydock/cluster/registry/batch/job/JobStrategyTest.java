package dev.drydock.cluster.registry.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;

class JobStrategyTest {
  private static final String POD =
      "{spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}";

  private final TestRegistry registry = new TestRegistry();

  private JsonObject created(String spec) {
    return registry.create(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  template: "
            + POD
            + "\n  "
            + spec);
  }

  @Test
  void fillsInWhatTheManifestLeavesOut() {
    JsonObject job = created("");
    assertThat(job.object("spec").without("template").without("selector"))
        .isEqualTo(
            TestRegistry.object(
                """
                {completions: 1, parallelism: 1, backoffLimit: 6, completionMode: NonIndexed,
                 suspend: false, manualSelector: false, podReplacementPolicy: TerminatingOrFailed}
                """));
  }

  @Test
  void leavesCompletionsOpenWhereOnlyParallelismIsGiven() {
    assertThat(created("parallelism: 3").object("spec").has("completions")).isFalse();
  }

  @Test
  void tiesItsPodsToItByItsUid() {
    JsonObject job = created("");
    String uid = ObjectMeta.uid(job);
    assertThat(job.strings("spec", "selector", "matchLabels"))
        .containsExactly(entry("batch.kubernetes.io/controller-uid", uid));
    assertThat(job.strings("spec", "template", "metadata", "labels"))
        .containsExactly(
            entry("batch.kubernetes.io/controller-uid", uid),
            entry("batch.kubernetes.io/job-name", "pi"),
            entry("controller-uid", uid),
            entry("job-name", "pi"));
    assertThat(ObjectMeta.labels(job)).containsEntry("job-name", "pi");
  }

  private static java.util.Map.Entry<String, String> entry(String key, String value) {
    return java.util.Map.entry(key, value);
  }

  @Test
  void keepsItsTemplateAndItsCompletions() {
    JsonObject job = created("");
    assertThat(registry.refusalOf(job, old -> old.withAt(Json.of(2), "spec", "completions")))
        .containsExactly("spec.completions: Invalid value: 2: field is immutable");
    assertThat(
            registry.refusalOf(
                job, old -> old.withAt(Json.of("x"), "spec", "template", "spec", "hostname")))
        .singleElement()
        .asString()
        .startsWith("spec.template: Invalid value: ")
        .endsWith(": field is immutable");
    assertThat(registry.refusalOf(job, old -> old.withAt(Json.of(2), "spec", "parallelism")))
        .isEmpty();
  }

  @Test
  void mayBeSentElsewhereBeforeItStarts() {
    JsonObject job = created("suspend: true");
    assertThat(
            registry.refusalOf(
                job,
                old ->
                    old.withAt(Json.of("ssd"), "spec", "template", "spec", "nodeSelector", "disk")))
        .isEmpty();
  }

  @Test
  void staysFinished() {
    JsonObject job =
        registry.updateStatus(
            created(""),
            """
            startTime: "2026-01-01T00:00:00Z"
            completionTime: "2026-01-01T00:01:00Z"
            succeeded: 1
            conditions: [{type: Complete, status: "True"}]
            """);
    assertThat(registry.refusalOfStatus(job, "{succeeded: 0}"))
        .containsExactly(
            "status.conditions: Invalid value: cannot disable the terminal Complete=True"
                + " condition",
            "status.succeeded: Invalid value: 0: cannot decrease the succeeded counter");
  }

  @Test
  void leavesItsPodsWhenDeletedWithoutSayingOtherwise() {
    JsonObject dying = registry.delete(created(""), "{}").object();
    assertThat(ObjectMeta.finalizers(dying).strings()).containsExactly("orphan");
  }
}
