package dev.drydock.cluster.apimachinery.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.apimachinery.resource.Quantity.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0Ki, 0",
    "1, 1",
    "1000m, 1",
    "0.5, 500m",
    "1.5, 1500m",
    "0.001, 1m",
    "0.0001, 100u",
    "0.1n, 1n",
    "2000, 2k",
    "1500, 1500",
    "1024Mi, 1Gi",
    "1.5Gi, 1536Mi",
    "0.5Mi, 512Ki",
    "1000Mi, 1000Mi",
    "1024, 1024",
    "100.5Ki, 102912",
    "0.1Ki, 102400m",
    "512, 512",
    "1e3, 1e3",
    "12e6, 12e6",
    "1E3, 1e3",
    "1E, 1E",
    "100M, 100M",
    "1000k, 1M",
    "+5, 5",
    "-5Ki, -5Ki",
    "-0.5, -500m",
    ".5, 500m",
    "5., 5",
    "0005, 5",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
    "10Ei, 9223372036854775807",
    "1e-3, 1e-3",
    "128974848, 128974848",
    "129e6, 129e6",
    "123Mi, 123Mi",
  })
  void writesTheCanonicalForm(String text, String canonical) {
    assertThat(Quantity.parse(text)).hasToString(canonical);
    assertThat(Quantity.parse(canonical)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "abc1", "1 Gi", "64Mb", "10%", "1Gi2x", "{}"})
  void refusesTextOfAnotherForm(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).hasMessage(Quantity.WRONG_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1KI", "1ki", "1Mm", "1g", "1e", "64mi", "1i"})
  void refusesAnUnknownSuffix(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .hasMessageMatching(
            "unable to parse quantity's suffix|"
                + java.util.regex.Pattern.quote(Quantity.WRONG_FORMAT));
  }

  @Test
  void comparesAmountsAcrossForms() {
    assertThat(Quantity.parse("1Gi")).isEqualByComparingTo(Quantity.parse("1024Mi"));
    assertThat(Quantity.parse("1")).isEqualByComparingTo(Quantity.parse("1000m"));
    assertThat(Quantity.parse("1Gi")).isGreaterThan(Quantity.parse("1G"));
    assertThat(Quantity.parse("1Gi")).isEqualTo(Quantity.parse("1024Mi"));
  }

  @Test
  void addsExactlyInTheFormOfTheFirst() {
    assertThat(Quantity.parse("500m").plus(Quantity.parse("0.5"))).hasToString("1");
    assertThat(Quantity.parse("1Gi").plus(Quantity.parse("1M"))).hasToString("1074741824");
    assertThat(Quantity.ZERO.plus(Quantity.parse("64Mi"))).hasToString("64Mi");
    assertThat(Quantity.parse("1").minus(Quantity.parse("250m"))).hasToString("750m");
    assertThat(Quantity.parse("1").negated().sign()).isNegative();
  }

  @Test
  void roundsUpToWholeUnitsAndThousandths() {
    assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
    assertThat(Quantity.parse("1.5Gi").value()).isEqualTo(1610612736L);
    assertThat(Quantity.parse("100u").milliValue()).isEqualTo(1);
    assertThat(Quantity.ofMilli(250)).hasToString("250m");
    assertThat(Quantity.of(2048, Format.BINARY_SI)).hasToString("2Ki");
  }

  @Test
  void readsANumberOrANameOrAPercentage() {
    IntOrString percent =
        IntOrString.of(new dev.drydock.cluster.apimachinery.json.JsonString("25%"));
    assertThat(percent.scaled(10, true)).hasValue(3);
    assertThat(percent.scaled(10, false)).hasValue(2);
    assertThat(
            IntOrString.of(new dev.drydock.cluster.apimachinery.json.JsonNumber(8)).scaled(1, true))
        .hasValue(8);
    assertThat(new IntOrString.Text("http").scaled(10, true)).isEmpty();
  }
}
