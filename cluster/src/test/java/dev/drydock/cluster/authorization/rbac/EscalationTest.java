package dev.drydock.cluster.authorization.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.authentication.UserInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalationTest {
  private static final UserInfo USER = UserInfo.of("ann", ImmutableList.of("dev", "ops"));

  private static JsonObject rule(String text) {
    return JsonParser.parseTrusted(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{'apiGroups':['*'],'resources':['*'],'verbs':['*']}"
            + "~{'apiGroups':['apps'],'resources':['deployments'],'verbs':['get']}",
        "{'apiGroups':[''],'resources':['*/log'],'verbs':['get']}"
            + "~{'apiGroups':[''],'resources':['pods/log'],'verbs':['get']}",
        "{'apiGroups':[''],'resources':['pods'],'verbs':['get']}"
            + "~{'apiGroups':[''],'resources':['pods'],'resourceNames':['a'],'verbs':['get']}",
        "{'nonResourceURLs':['/healthz/*'],'verbs':['get']}"
            + "~{'nonResourceURLs':['/healthz/etcd'],'verbs':['get']}"
      })
  void letsGrantWhatIsHeld(String held, String granted) {
    assertThat(Escalation.problem(USER, List.of(rule(held)), List.of(rule(granted)))).isEmpty();
  }

  @Test
  void saysWhatIsMissingInUpstreamsWords() {
    JsonObject held = rule("{'apiGroups':[''],'resources':['pods'],'verbs':['get']}");
    JsonObject granted =
        rule("{'apiGroups':[''],'resources':['secrets','pods'],'verbs':['get','list','watch']}");
    assertThat(Escalation.problem(USER, List.of(held), List.of(granted)))
        .hasValue(
            """
            user "ann" (groups=["dev" "ops"]) is attempting to grant RBAC permissions not currently held:
            {APIGroups:[""], Resources:["pods"], Verbs:["list" "watch"]}
            {APIGroups:[""], Resources:["secrets"], Verbs:["get" "list" "watch"]}""");
  }
}
