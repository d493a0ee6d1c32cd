package dev.drydock.grader.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.grader.FakeCluster;
import dev.drydock.grader.evidence.ApiClient;
import dev.drydock.grader.submission.ManifestParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplierTest {
  private final FakeCluster cluster = new FakeCluster();
  private final Applier applier = new Applier(new ApiClient(cluster));

  private List<ApplyResult> apply(String text) throws Exception {
    return applier.apply(ManifestParser.parse("a.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  private String refusal(String text) throws Exception {
    return ((ApplyResult.Rejected) apply(text).getFirst()).message();
  }

  private ApiRequest last() {
    return cluster.requests.getLast();
  }

  @Test
  void createsAsKubectlApplyDoes() throws Exception {
    apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: one}}");

    assertThat(last().method()).isEqualTo("POST");
    assertThat(last().target())
        .isEqualTo(
            "/api/v1/namespaces/default/configmaps"
                + "?fieldValidation=Strict&fieldManager=kubectl-client-side-apply");
    JsonObject body = JsonParser.parseTrusted(new String(last().body(), StandardCharsets.UTF_8));
    assertThat(
            body.string(
                "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"))
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"data\":{\"x\":\"one\"},\"kind\":\"ConfigMap\",\"metadata\":{\"annotations\":{},\"name\":\"a\"}}\n");
  }

  @Test
  void changesWhatExistsAndRemovesWhatIsNoLongerThere() throws Exception {
    apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: one, z: two}}");
    apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: changed}}");

    assertThat(last().method()).isEqualTo("PATCH");
    assertThat(cluster.text()).contains("\"data\":{\"x\":\"changed\"}");
  }

  @Test
  void goesOnAfterARefusal() throws Exception {
    List<ApplyResult> results =
        apply(
            """
            {apiVersion: v1, kind: Podd, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            """);

    assertThat(results.getFirst()).isInstanceOf(ApplyResult.Rejected.class);
    assertThat(results.getLast()).isEqualTo(new ApplyResult.Applied("configmaps/b"));
  }

  @Test
  void refusesInKubectlsWords() throws Exception {
    assertThat(refusal("{apiVersion: v1, kind: Podd, metadata: {name: a}}"))
        .isEqualTo("no matches for kind \"Podd\" in version \"v1\"");
    assertThat(refusal("{apiVersion: apps/v9, kind: Deployment, metadata: {name: a}}"))
        .isEqualTo("no matches for kind \"Deployment\" in version \"apps/v9\"");
    assertThat(refusal("{apiVersion: v1, metadata: {name: a}}"))
        .isEqualTo("error validating data: kind not set");
    assertThat(refusal("{metadata: {name: a}}"))
        .isEqualTo("error validating data: [apiVersion not set, kind not set]");
    assertThat(refusal("{apiVersion: v1, kind: Pod, spec: {}}"))
        .isEqualTo("resource name may not be empty");
    assertThat(refusal("{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}"))
        .isEqualTo("from a-: cannot use generate name with apply");
  }

  @Test
  void pointsAtTheFieldThatWasRefused() throws Exception {
    ApplyResult.Rejected rejected =
        (ApplyResult.Rejected)
            apply(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: a
                    spec:
                      containers:
                        - name: a
                          imag: b
                    """)
                .getFirst();

    assertThat(rejected.path()).isEqualTo("spec.containers[0].imag");
    assertThat(rejected.location()).hasToString("a.yaml:8");
  }
}
