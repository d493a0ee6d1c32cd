package dev.drydock.cluster.apimachinery.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.GoJson;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternalTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "Taint~{'key':'a','effect':'NoSchedule'}"
            + "~{'Key':'a','Value':'','Effect':'NoSchedule','TimeAdded':null}",
        "SeccompProfile~{'type':'Localhost'}~{'Type':'Localhost','LocalhostProfile':null}",
        "ResourceRequirements~{'limits':{'memory':'1Gi','cpu':'1'}}"
            + "~{'Limits':{'cpu':'1','memory':'1Gi'},'Requests':null,'Claims':null}",
        "HTTPGetAction~{'path':'/'}"
            + "~{'Path':'/','Port':0,'Host':'','Scheme':'','HTTPHeaders':null}",
        "LabelSelector~{'matchExpressions':[],'matchLabels':{'a':'b'}}"
            + "~{'matchLabels':{'a':'b'},'matchExpressions':[]}",
        "PodDisruptionBudgetSpec~{'minAvailable':'50%'}"
            + "~{'MinAvailable':'50%','Selector':null,'MaxUnavailable':null,"
            + "'UnhealthyPodEvictionPolicy':null}"
      })
  void writesStructsWithGosNamesAndZeroValues(String type, String object, String expected) {
    String json = object.replace('\'', '"');
    assertThat(GoJson.string(InternalTypes.of(type, JsonParser.parseTrusted(json))))
        .isEqualTo(expected.replace('\'', '"'));
  }
}
