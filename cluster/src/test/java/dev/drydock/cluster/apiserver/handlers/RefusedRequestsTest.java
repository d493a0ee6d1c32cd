package dev.drydock.cluster.apiserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.admission.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the API server says to requests it cannot follow, whatever their kind.
class RefusedRequestsTest {
  private static final String MAPS = "v1/namespaces/default/configmaps";
  private static final String WEB = "apps/v1/namespaces/default/deployments/web";
  private static final TestServer SERVER = new TestServer();

  @BeforeAll
  static void createsADeploymentAndAMap() {
    SERVER.create(
        "apps/v1/namespaces/default/deployments",
        """
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
        """);
    SERVER.create(MAPS, "{metadata: {name: map}, data: {a: b}}");
  }

  @AfterAll
  static void closes() {
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "v1/pods?limit=abc~400~strconv.ParseInt: parsing \"abc\": invalid syntax",
        "v1/pods?timeoutSeconds=1.5~400~strconv.ParseInt: parsing \"1.5\": invalid syntax",
        "v1/pods?fieldSelector=spec.foo%3Dx~400~field label not supported: spec.foo",
        "v1/configmaps?fieldSelector=data.x%3Dy~400~\"data.x\" is not a known field selector:"
            + " only \"metadata.name\", \"metadata.namespace\"",
        "batch/v1/jobs?fieldSelector=spec.x%3Dy~400~field label \"spec.x\" not supported for Job",
        "v1/pods?fieldSelector=foo~400~invalid selector: 'foo'; can't understand 'foo'",
        "v1/pods?labelSelector=a%20b~400"
            + "~unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "v1/pods?labelSelector=%3Dx~400~found '=', expected: !, identifier, or 'end of string'",
        "v1/pods?resourceVersion=x~400~invalid resource version: resourceVersion: Invalid value:"
            + " \"x\": strconv.ParseUint: parsing \"x\": invalid syntax",
        "v1/pods?resourceVersionMatch=Exact~422~ListOptions.meta.k8s.io \"\" is invalid:"
            + " resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless"
            + " resourceVersion is provided",
        "v1/pods?sendInitialEvents=true~422~ListOptions.meta.k8s.io \"\" is invalid:"
            + " sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
        "v1/pods?watch=1&sendInitialEvents=true~422~ListOptions.meta.k8s.io \"\" is invalid:"
            + " resourceVersionMatch: Forbidden: sendInitialEvents requires setting"
            + " resourceVersionMatch to NotOlderThan"
      })
  void refusesReadsInUpstreamsWords(String path, int status, String message) {
    expect(SERVER.request("GET", path, ApiRequest.JSON, ""), status, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"data\":{\"x\":\"y\",}}~the object provided is unrecognized (must be of type ConfigMap):"
            + " couldn't get version/kind; json parse error: invalid character '}' looking for"
            + " beginning of object key string ({\"data\":{\"x\":\"y\",}})",
        "foo: bar~the object provided is unrecognized (must be of type ConfigMap): couldn't get"
            + " version/kind; json parse error: invalid character 'o' in literal false (expecting"
            + " 'a') (666f6f3a20626172)",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}~Pod in version \"v1\" cannot be handled as a"
            + " ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion",
        "{\"kind\":\"Podd\",\"apiVersion\":\"v1\"}~Podd in version \"v1\" cannot be handled as a"
            + " ConfigMap: no kind \"Podd\" is registered for version \"v1\" in scheme"
            + " \"pkg/api/legacyscheme/scheme.go:30\"",
        "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"1\"}}~resourceVersion should not be"
            + " set on objects to be created"
      })
  void refusesBodiesInUpstreamsWords(String body, String message) {
    expect(SERVER.request("POST", MAPS, ApiRequest.JSON, body), 400, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"spec\":{\"replicas\":\"two\"}}~map[spec:map[replicas:two]]~unrecognized type: int32",
        "{\"spec\":\"x\"}~map[spec:x]~cannot restore struct from: string",
        "{\"metadata\":{\"labels\":{\"a\":1}}}~map[metadata:map[labels:map[a:1]]]"
            + "~cannot convert int64 to string",
        "{\"metadata\":{\"labels\":{\"a\":true}}}~map[metadata:map[labels:map[a:true]]]"
            + "~unrecognized type: string",
        "{\"spec\":{\"replicaz\":1}}~map[spec:map[replicaz:1]]"
            + "~strict decoding error: unknown field \"spec.replicaz\""
      })
  void refusesStrategicPatchesAsGosConverterDoes(String patch, String shown, String why) {
    expect(
        SERVER.request(
            "PATCH", WEB + "?fieldValidation=Strict", ApiRequest.STRATEGIC_MERGE_PATCH, patch),
        422,
        " \"\" is invalid: patch: Invalid value: \"" + shown + "\": " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "POST~?dryRun=x~CreateOptions~dryRun: Unsupported value: [\"x\"]: supported values: \"All\"",
        "POST~?fieldValidation=x~CreateOptions~fieldValidation: Unsupported value: \"x\": supported"
            + " values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
        "DELETE~/map?propagationPolicy=x~DeleteOptions~propagationPolicy: Unsupported value: \"x\":"
            + " supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
        "DELETE~/map?dryRun=x~DeleteOptions~dryRun: Unsupported value: [\"x\"]: supported values:"
            + " \"All\""
      })
  void refusesOptionsInUpstreamsWords(String method, String rest, String kind, String why) {
    String body = method.equals("POST") ? "{\"metadata\":{\"name\":\"new\"}}" : "";
    expect(
        SERVER.request(method, MAPS + rest, ApiRequest.JSON, body),
        422,
        kind + ".meta.k8s.io \"\" is invalid: " + why);
  }

  @Test
  void tellsWhichFieldServerSideApplyDoesNotKnow() {
    ApiResponse answer =
        SERVER.request(
            "PATCH",
            WEB + "?fieldManager=me&force=true",
            ApiRequest.APPLY_PATCH,
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicaz: 3}}");
    expect(
        answer,
        500,
        "failed to create typed patch object (default/web; apps/v1, Kind=Deployment):"
            + " .spec.replicaz: field not declared in schema");
  }

  private static void expect(ApiResponse answer, int status, String message) {
    assertThat(answer.object().string("message")).isEqualTo(message);
    assertThat(answer.status()).isEqualTo(status);
  }
}
