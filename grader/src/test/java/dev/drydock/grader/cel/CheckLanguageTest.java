package dev.drydock.grader.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.grader.FakeCluster;
import dev.drydock.grader.apply.Applier;
import dev.drydock.grader.evidence.ApiClient;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.exercise.CheckList.Variable;
import dev.drydock.grader.submission.ManifestParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckLanguageTest {
  private static final CheckLanguage LANGUAGE = new CheckLanguage();
  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "kuard"},
       "spec": {"containers": [
         {"name": "side", "image": "busybox"},
         {"name": "kuard", "image": "kuard:blue", "env": [{"name": "A", "value": "1"}],
          "volumeMounts": [{"name": "data", "mountPath": "/data/"}],
          "ports": [{"containerPort": 8080, "name": "http"}]}],
        "volumes": [{"name": "data", "emptyDir": {}}]},
       "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
      """;

  private final FakeCluster cluster = new FakeCluster();

  private Scope scope(String object) throws Exception {
    ApiClient client = new ApiClient(cluster);
    new Applier(client)
        .apply(ManifestParser.parse("pod.json", object.getBytes(StandardCharsets.UTF_8)));
    JsonObject parsed = JsonParser.parseTrusted(object);
    return Scope.of(new Evidence(cluster, client, ImmutableList.of(parsed))).withObject(parsed);
  }

  private Object evaluate(String text) throws Exception {
    return LANGUAGE.evaluate(new Expression(text, "checks.yaml:1"), scope(POD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity('1Gi') == quantity('1024Mi')",
        "quantity('0.5') == quantity('500m')",
        "quantity('1e3') == quantity('1k')",
        "quantity(1) == quantity('1000m')",
        "quantity('128Mi') != quantity('128M')",
        "quantity('2').isGreaterThan(quantity('1900m'))",
        "quantity('1').isLessThan(quantity('1001m'))",
        "quantity('50k').compareTo(quantity('50000')) == 0",
        "quantity('50k').add(20) == quantity('50020')",
        "quantity('50k').sub(quantity('20')).asInteger() == 49980",
        "!quantity('500m').isInteger() && quantity('-1').sign() == -1",
        "quantity('50.703k').asApproximateFloat() == 50703.0",
        "isQuantity('1.3Gi') && !isQuantity('1.3GiB') && !isQuantity('128Mib')",
        "[quantity('100m'), quantity('400m')].sum() == quantity('0.5')",
        "url('https://example.com:8080/a%20b?x=1&x=2').getPort() == '8080'",
        "url('https://[::1]:80/').getHostname() == '::1'",
        "url('https://example.com/a%20b').getEscapedPath() == '/a%20b'",
        "url('/p?x=1&x=2').getQuery()['x'] == ['1', '2']",
        "isURL('https://example.com') && isURL('/path') && !isURL('no url')",
        "ip('10.0.0.1').family() == 4 && ip('::1').isLoopback()",
        "isIP('fe80::1') && !isIP('1.2.3') && !isIP('::ffff:1.2.3.4')",
        "ip.isCanonical('2001:db8::1') && !ip.isCanonical('2001:DB8::1')",
        "string(ip('2001:DB8::1')) == '2001:db8::1'",
        "cidr('10.96.0.0/12').containsIP('10.97.1.1')",
        "!cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
        "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')",
        "string(cidr('10.1.2.3/8').masked()) == '10.0.0.0/8'",
        "cidr('10.1.2.3/8').prefixLength() == 8 && !isCIDR('10.0.0.0/33')",
        "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('x') == ''",
        "'1 22 333'.findAll('[0-9]+', 2) == ['1', '22']",
        "'%s has %d of %.2f'.format(['a', 2, 1.5]) == 'a has 2 of 1.50'",
        "'%x %o %b'.format([255, 8, 5]) == 'ff 10 101'",
        "[1, 2, 3].isSorted() && ![2, 1].isSorted()",
        "[1, 2, 3].sum() == 6 && [3, 1, 2].min() == 1 && ['a', 'b'].max() == 'b'",
        "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2",
        "'a-b'.split('-') == ['a', 'b'] && ['a', 'b'].join('.') == 'a.b'",
        "sameImage('nginx', 'docker.io/library/nginx:latest')",
        "sameImage('localhost:5000/a/b', 'localhost:5000/a/b:latest')",
        "!sameImage('gcr.io/a/b:1', 'gcr.io/a/b:2')",
        "object.container('kuard').?image.orValue('') == 'kuard:blue'",
        "!object.container('nobody').hasValue()",
        "object.container('kuard').port('http').?containerPort.orValue(0) == 8080",
        "object.container('kuard').port(8080).hasValue()",
        "!object.container('nobody').port(8080).hasValue()",
        "object.condition('Ready').?status.orValue('') == 'True'",
        "object.volume('data').hasValue()",
        "object.container('kuard').environment('A').?value.orValue('') == '1'",
        "object.container('kuard').mount('/data').?name.orValue('') == 'data'",
        "cluster.pod('default', 'kuard').?metadata.?name.orValue('') == 'kuard'",
        "!cluster.get('v1', 'ConfigMap', 'default', 'none').hasValue()",
        "!cluster.get('example.com/v1', 'Unknown', 'default', 'none').hasValue()",
        "size(cluster.list('v1', 'Pod', '')) == 1",
        "cluster.exec('default', 'kuard', '', ['echo', 'hi']).stdout == 'echo hi\\n'",
        "cluster.exec('default', 'none', '', ['true']).exitCode == 126",
        "documents.exists(d, d.kind == 'Pod')",
        "size(audit) == 0",
        "dyn(1) == 1 && 1 < 1.5",
        "string(5) == '5' && string(dyn(5)) == '5' && int(dyn('5')) == 5",
        "quantity(dyn('1Gi')) == quantity(dyn('1024Mi')) && quantity(dyn(1)) == quantity('1')",
        "cidr(dyn('10.0.0.0/8')).containsIP(dyn('10.1.1.1')) && string(dyn(ip('::1'))) == '::1'",
        "quantity('1').add(dyn(1)).compareTo(dyn(quantity('2'))) == 0",
        "object.container(dyn('kuard')).port(dyn(8080)).?name.value() == 'http'",
        "dyn('1 2').findAll(dyn('[0-9]'), dyn(1)) == ['1']",
      })
  void holds(String expression) throws Exception {
    assertThat(evaluate(expression)).as(expression).isEqualTo(true);
  }

  @Test
  void evaluatesVariablesOnlyWhenTheyAreRead() throws Exception {
    Scope scope =
        scope(POD)
            .withVariables(
                LANGUAGE,
                ImmutableList.of(
                    new Variable("broken", new Expression("object.nothing", "x:1")),
                    new Variable("name", new Expression("object.metadata.name", "x:2")),
                    new Variable(
                        "twice", new Expression("variables.name + variables.name", "x:3"))));

    assertThat(LANGUAGE.evaluate(new Expression("variables.twice", "x:4"), scope))
        .isEqualTo("kuardkuard");
    assertThatThrownBy(() -> LANGUAGE.evaluate(new Expression("variables.broken", "x:5"), scope))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("x:1: key 'nothing' is not present in map.");
  }

  @Test
  void tellsTheAuthorWhereAMistakeStands() {
    assertThatThrownBy(() -> LANGUAGE.check(new Expression("objct.spec", "pods/a/checks.yaml:7")))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("pods/a/checks.yaml:7")
        .hasMessageContaining("undeclared reference to 'objct'");
    assertThatThrownBy(() -> evaluate("quantity('128Mib')"))
        .hasMessageContaining("quantities must match the regular expression");
  }

  @Test
  void leavesTheGradersOwnRequestsOutOfTheAudit() throws Exception {
    cluster.record("drydock-grader", "");
    cluster.record("kubectl/v1.35.2", "kubectl apply");
    Scope scope = Scope.of(new Evidence(cluster, new ApiClient(cluster), ImmutableList.of()));

    Object result =
        LANGUAGE.evaluate(
            new Expression("audit.map(a, a.kubectlCommand) == ['kubectl apply']", "x:1"), scope);
    assertThat(result).isEqualTo(true);
  }
}
