package dev.drydock.cluster.apimachinery.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.bundle.Cel;
import dev.cel.common.types.SimpleType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelEnvironmentTest {
  private static final Cel CEL = CelEnvironment.builder().addVar("text", SimpleType.STRING).build();

  private static Object evaluate(String expression, Object text, CelBudget budget)
      throws Exception {
    return CEL.createProgram(CEL.compile(expression).getAst()).trace(Map.of("text", text), budget);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity('1Gi').compareTo(quantity('1024Mi')) == 0",
        "url('https://example.com:8080/a').getPort() == '8080'",
        "cidr('10.96.0.0/12').containsIP('10.97.1.1')",
        "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0').major() == 1",
        "semver('1.0.0-rc.1').isLessThan(semver('1.0.0'))",
        "semver('1.0.0-rc.2').isGreaterThan(semver('1.0.0-beta.11'))",
        "isSemver('1.0.0') && !isSemver('1.0') && !isSemver('v1.0.0')",
        "isSemver('v1.0', true) && semver('v01.2', true).compareTo(semver('1.2.0')) == 0",
        "!format.dns1123Label().validate('web-1').hasValue()",
        "format.dns1123Label().validate('Web').value()[0].startsWith('a lowercase RFC 1123 label')",
        "format.named('uuid').value().validate('x').value() == ['does not match the UUID format']",
        "!format.named('nosuch').hasValue()",
        "!format.dns1123LabelPrefix().validate('web-').hasValue()",
        "format.date().validate('2021-02-30').hasValue()",
        "!format.datetime().validate('2021-01-01T00:00:00Z').hasValue()",
        "'aab'.find('a+') == 'aa'",
        "[1, 2, 3].exists(i, v, i == 2 && v == 3)",
        "{'a': 1}.transformList(k, v, k + string(v)) == ['a1']",
        "[1, 2, 3].sum() == 6 && sets.contains([1, 2], [2])",
        "'%s of %d'.format(['a', 2]) == 'a of 2'",
      })
  void knowsTheFunctionsOfKubernetes(String expression) throws Exception {
    assertThat(evaluate(expression, "", new CelBudget(CelBudget.PER_CALL))).isEqualTo(true);
  }

  @Test
  void stopsAnExpressionThatCostsTooMuch() {
    String loop = "[1,2,3,4,5,6,7,8,9,10]";
    String nested = "%s.all(a, %s.all(b, %s.all(c, %s.all(d, %s.all(e, %s.all(f, a + f > 0))))))";
    CelBudget budget = new CelBudget(CelBudget.PER_CALL);

    assertThatThrownBy(
            () -> evaluate(nested.formatted(loop, loop, loop, loop, loop, loop), "", budget))
        .isNotNull();
    assertThat(budget.left()).isLessThan(CelBudget.PER_CALL);
  }

  @Test
  void chargesForTheLengthOfWhatIsRead() {
    CelBudget budget = new CelBudget(CelBudget.PER_CALL);

    assertThatThrownBy(
            () ->
                evaluate("[1,2,3,4,5].all(i, text.contains('b'))", "ab".repeat(1_500_000), budget))
        .hasMessageContaining("actual cost limit exceeded");
    assertThat(budget.isExceeded()).isTrue();
  }

  @Test
  void findsPatternsInLinearTime() throws Exception {
    assertThat(
            evaluate(
                "text.find('(a+)+$')", "a".repeat(5_000) + "b", new CelBudget(CelBudget.PER_CALL)))
        .isEqualTo("");
  }
}
