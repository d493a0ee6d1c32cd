package dev.drydock.cluster.admission.plugin.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.plugin.podsecurity.Policy.LevelVersion;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardsTest {
  private static String violations(String level, String version, String pod) {
    return Standards.details(
        Standards.violations(
            new LevelVersion(
                Level.parse(level).orElseThrow(), PolicyVersion.parse(version).orElseThrow()),
            TestRegistry.object(pod)));
  }

  private static String baseline(String spec) {
    return violations("baseline", "latest", "spec: " + spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{hostNetwork: true, hostIPC: true} | host namespaces (hostNetwork=true, hostIPC=true)",
        "{volumes: [{name: a, hostPath: {path: /}}, {name: b, hostPath: {path: /}}]}"
            + " | hostPath volumes (volumes \"a\", \"b\")",
        "{containers: [{name: c, ports: [{hostPort: 80}, {hostPort: 443}]}]}"
            + " | hostPort (container \"c\" uses hostPorts 443, 80)",
        "{containers: [{name: c, livenessProbe: {httpGet: {host: h}}}]}"
            + " | probe or lifecycle host (container \"c\" uses probe or lifecycle host \"h\")",
        "{initContainers: [{name: i, securityContext: {privileged: true}}],"
            + " containers: [{name: c, securityContext: {privileged: true}}]}"
            + " | privileged (containers \"i\", \"c\" must not set securityContext.privileged=true)",
        "{containers: [{name: c, securityContext: {procMount: Unmasked}}]}"
            + " | procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")",
        "{securityContext: {seLinuxOptions: {type: t, user: u}}, containers: [{name: c}]}"
            + " | seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"t\";"
            + " user may not be set)",
        "{securityContext: {seccompProfile: {type: Unconfined}}}"
            + " | seccompProfile (pod must not set securityContext.seccompProfile.type to"
            + " \"Unconfined\")",
        "{securityContext: {sysctls: [{name: kernel.msgmax, value: 1}]}}"
            + " | forbidden sysctls (kernel.msgmax)",
        "{securityContext: {windowsOptions: {hostProcess: true}}}"
            + " | hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)",
        "{containers: [{name: c, securityContext: {capabilities: {add: [CHOWN, NET_RAW]}}}]}"
            + " | non-default capabilities (container \"c\" must not include \"NET_RAW\" in"
            + " securityContext.capabilities.add)",
        "{containers: [{name: c, securityContext: {appArmorProfile: {type: Unconfined}}}]}"
            + " | forbidden AppArmor profile (container \"c\" must not set AppArmor profile type to"
            + " \"Unconfined\")",
      })
  void holdsToTheBaseline(String spec, String violation) {
    assertThat(baseline(spec)).isEqualTo(violation);
  }

  @Test
  void asksForMoreAtTheRestrictedLevel() {
    String pod =
        """
        spec:
          volumes: [{name: vol, nfs: {}}]
          containers:
            - {name: a, securityContext: {capabilities: {drop: [ALL]}, runAsUser: 0}}
            - name: b
              securityContext:
                allowPrivilegeEscalation: false
                runAsNonRoot: false
                seccompProfile: {type: RuntimeDefault}
        """;

    assertThat(violations("restricted", "latest", pod))
        .isEqualTo(
            "allowPrivilegeEscalation != false (container \"a\" must set"
                + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities"
                + " (container \"b\" must set securityContext.capabilities.drop=[\"ALL\"]),"
                + " restricted volume types (volume \"vol\" uses restricted volume type \"nfs\"),"
                + " runAsNonRoot != true (container \"b\" must not set"
                + " securityContext.runAsNonRoot=false), runAsUser=0 (container \"a\" must not set"
                + " runAsUser=0), seccompProfile (pod or container \"a\" must set"
                + " securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");
  }

  @Test
  void asksOldVersionsForLess() {
    String pod = "spec: {containers: [{name: a}]}";

    assertThat(violations("restricted", "v1.7", pod))
        .isEqualTo(
            "runAsNonRoot != true (pod or container \"a\" must set"
                + " securityContext.runAsNonRoot=true)");
    assertThat(violations("restricted", "v1.22", pod)).contains("unrestricted capabilities");
  }

  @Test
  void asksNothingOfThePrivileged() {
    assertThat(violations("privileged", "latest", "spec: {hostPID: true}")).isEmpty();
  }
}
