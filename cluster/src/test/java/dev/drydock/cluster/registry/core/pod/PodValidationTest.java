package dev.drydock.cluster.registry.core.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.registry.TestRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PodValidationTest {

  private static Arguments container(String field, String... errors) {
    return Arguments.of(
        field, "containers: [{name: c, image: nginx, " + field + "}]", List.of(errors));
  }

  private static Arguments pod(String fields, String... errors) {
    return Arguments.of(
        fields, "containers: [{name: c, image: nginx}]\n  " + fields, List.of(errors));
  }

  private static Arguments mounted(String volume, String... errors) {
    return pod("volumes: [{name: v, " + volume + "}]", errors);
  }

  static Stream<Arguments> containers() {
    return Stream.of(
        container("ports: [{containerPort: 80}]"),
        container(
            "ports: [{name: web, containerPort: 80}, {name: web, containerPort: 81}]",
            "spec.containers[0].ports[1].name: Duplicate value: \"web\""),
        container(
            "ports: [{name: 'UPPER', containerPort: 80}]",
            "spec.containers[0].ports[0].name: Invalid value: \"UPPER\": must contain only"
                + " alpha-numeric characters (a-z, 0-9), and hyphens (-)",
            "spec.containers[0].ports[0].name: Invalid value: \"UPPER\": must contain at least one"
                + " letter (a-z)"),
        container(
            "ports: [{hostPort: 80}]", "spec.containers[0].ports[0].containerPort: Required value"),
        container(
            "ports: [{containerPort: 80, protocol: HTTP}]",
            "spec.containers[0].ports[0].protocol: Unsupported value: \"HTTP\": supported values:"
                + " \"SCTP\", \"TCP\", \"UDP\""),
        container(
            "ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 80}]",
            "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//80\""),
        container("env: [{value: x}]", "spec.containers[0].env[0].name: Required value"),
        container(
            "env: [{name: 'a=b', value: x}]",
            "spec.containers[0].env[0].name: Invalid value: \"a=b\": a valid environment variable"
                + " name must consist only of printable ASCII characters other than '='"),
        container(
            "env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
            "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when"
                + " `value` is not empty"),
        container(
            "env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.nome}}}]",
            "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value:"
                + " \"metadata.nome\": error converting fieldPath: field label not supported:"
                + " metadata.nome"),
        container(
            "env: [{name: A, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['app']\"}}}]"),
        container(
            "env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]",
            "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value:"
                + " \"metadata.labels\": supported values: \"metadata.name\","
                + " \"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\","
                + " \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\","
                + " \"status.podIP\", \"status.podIPs\""),
        container(
            "env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpus}}}]",
            "spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value:"
                + " \"limits.cpus\": supported values: \"limits.cpu\","
                + " \"limits.ephemeral-storage\", \"limits.memory\", \"requests.cpu\","
                + " \"requests.ephemeral-storage\", \"requests.memory\""),
        container(
            "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: 'a b'}}}]",
            "spec.containers[0].env[0].valueFrom.secretKeyRef.key: Invalid value: \"a b\": a valid"
                + " config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
                + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
                + " '[-._a-zA-Z0-9]+')"),
        container(
            "envFrom: [{prefix: X}]",
            "spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef`"
                + " or `secretRef`"),
        container(
            "envFrom: [{configMapRef: {}}]",
            "spec.containers[0].envFrom[0].configMapRef.name: Required value"),
        container(
            "imagePullPolicy: Sometimes",
            "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported"
                + " values: \"Always\", \"IfNotPresent\", \"Never\""),
        container(
            "terminationMessagePolicy: Log",
            "spec.containers[0].terminationMessagePolicy: Unsupported value: \"Log\": supported"
                + " values: \"File\", \"FallbackToLogsOnError\""),
        container(
            "lifecycle: {preStop: {sleep: {seconds: 31}}}",
            "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative"
                + " and less than terminationGracePeriodSeconds (30)"),
        container(
            "lifecycle: {postStart: {}}",
            "spec.containers[0].lifecycle.postStart: Required value: must specify a handler type"));
  }

  static Stream<Arguments> probes() {
    return Stream.of(
        container(
            "livenessProbe: {exec: {}}",
            "spec.containers[0].livenessProbe.exec.command: Required value"),
        container(
            "readinessProbe: {httpGet: {port: 0}}",
            "spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1"
                + " and 65535, inclusive"),
        container(
            "readinessProbe: {httpGet: {port: 80, scheme: http}}",
            "spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: \"http\":"
                + " supported values: \"HTTP\", \"HTTPS\""),
        container(
            "readinessProbe: {tcpSocket: {port: 80}, periodSeconds: -1}",
            "spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater"
                + " than or equal to 0"),
        container(
            "readinessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 5}",
            "spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5:"
                + " must not be set for readinessProbes"),
        container("readinessProbe: {tcpSocket: {port: 80}, successThreshold: 3}"),
        container(
            "startupProbe: {grpc: {port: 80}, successThreshold: 2}",
            "spec.containers[0].startupProbe.successThreshold: Invalid value: 2: must be 1"));
  }

  static Stream<Arguments> resources() {
    return Stream.of(
        container("resources: {limits: {cpu: 500m, memory: 64Mi}}"),
        container(
            "resources: {limits: {gpu: 1}}",
            "spec.containers[0].resources.limits[gpu]: Invalid value: \"gpu\": must be a standard"
                + " resource type or fully qualified",
            "spec.containers[0].resources.limits[gpu]: Invalid value: \"gpu\": must be a standard"
                + " resource for containers",
            "spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a"
                + " standard resource type or fully qualified",
            "spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a"
                + " standard resource for containers"),
        container(
            "resources: {requests: {cpu: -1}}",
            "spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater"
                + " than or equal to 0"),
        container(
            "resources: {requests: {example.com/gpu: 1}}",
            "spec.containers[0].resources.limits: Required value: Limit must be set for non"
                + " overcommitable resources"),
        container(
            "resources: {requests: {example.com/gpu: 1}, limits: {example.com/gpu: 2}}",
            "spec.containers[0].resources.requests: Invalid value: \"1\": must be equal to"
                + " example.com/gpu limit of 2"),
        container(
            "resources: {limits: {hugepages-2Mi: 3Mi, memory: 1Gi}}",
            "spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is"
                + " not positive integer multiple of hugepages-2Mi",
            "spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is"
                + " not positive integer multiple of hugepages-2Mi"),
        container(
            "resources: {limits: {hugepages-2Mi: 4Mi}}",
            "spec.containers[0].resources: Forbidden: HugePages require cpu or memory"),
        container(
            "resources: {requests: {memory: 2Gi}, limits: {memory: 1024Mi}}",
            "spec.containers[0].resources.requests: Invalid value: \"2Gi\": must be less than or"
                + " equal to memory limit of 1Gi"));
  }

  static Stream<Arguments> security() {
    return Stream.of(
        container(
            "securityContext: {runAsUser: -1}",
            "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and"
                + " 2147483647, inclusive"),
        container(
            "securityContext: {privileged: true, allowPrivilegeEscalation: false}",
            "spec.containers[0].securityContext: Invalid value:"
                + " {\"Capabilities\":null,\"Privileged\":true,\"SELinuxOptions\":null,"
                + "\"WindowsOptions\":null,\"RunAsUser\":null,\"RunAsGroup\":null,"
                + "\"RunAsNonRoot\":null,\"ReadOnlyRootFilesystem\":null,"
                + "\"AllowPrivilegeEscalation\":false,\"ProcMount\":null,"
                + "\"SeccompProfile\":null,\"AppArmorProfile\":null}: cannot set"
                + " `allowPrivilegeEscalation` to false and `privileged` to true"),
        container(
            "securityContext: {seccompProfile: {type: Localhost}}",
            "spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value:"
                + " must be set when seccomp type is Localhost"),
        pod(
            "securityContext: {fsGroupChangePolicy: Never}",
            "spec.securityContext.fsGroupChangePolicy: Unsupported value: \"Never\": supported"
                + " values: \"Always\", \"OnRootMismatch\""),
        pod(
            "securityContext: {sysctls: [{name: 'net.ipv4.ip_forward', value: '1'}]}\n"
                + "  hostNetwork: true",
            "spec.securityContext.sysctls[0].name: Invalid value: \"net.ipv4.ip_forward\": may not"
                + " be specified when 'hostNetwork' is true"));
  }

  static Stream<Arguments> volumes() {
    return Stream.of(
        mounted("emptyDir: {}"),
        mounted(
            "hostPath: {path: /x/../y}",
            "spec.volumes[0].hostPath.path: Invalid value:"
                + " \"/x/../y\": must not contain '..'"),
        mounted(
            "hostPath: {path: /x, type: Dir}",
            "spec.volumes[0].hostPath.type: Unsupported"
                + " value: \"Dir\": supported values: \"\", \"BlockDevice\", \"CharDevice\","
                + " \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\""),
        mounted("configMap: {}", "spec.volumes[0].configMap.name: Required value"),
        mounted(
            "secret: {secretName: s, defaultMode: 1000}",
            "spec.volumes[0].secret.defaultMode:"
                + " Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive"),
        mounted(
            "configMap: {name: c, items: [{key: k, path: /abs}]}",
            "spec.volumes[0].configMap"
                + ".items[0].path: Invalid value: \"/abs\": must be a relative path"),
        mounted(
            "persistentVolumeClaim: {}",
            "spec.volumes[0].persistentVolumeClaim.claimName: Required value"),
        mounted(
            "projected: {sources: [{secret: {name: a, items: [{key: k, path: p}]}},"
                + " {configMap: {name: b, items: [{key: k, path: p}]}}]}",
            "spec.volumes[0].projected: Invalid value: \"b\": conflicting duplicate paths"),
        mounted(
            "nfs: {server: s, path: data}",
            "spec.volumes[0].nfs.path: Invalid value: \"data\": must be an absolute path"),
        mounted("ephemeral: {}", "spec.volumes[0].ephemeral.volumeClaimTemplate: Required value"),
        pod("volumes: [{emptyDir: {}}]", "spec.volumes[0].name: Required value"),
        pod("volumes: [{name: v}, {name: v}]", "spec.volumes[1].name: Duplicate value: \"v\""),
        Arguments.of(
            "mount twice",
            """
            volumes: [{name: v}]
              containers:
              - name: c
                image: nginx
                volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /a}]
            """,
            List.of(
                "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be"
                    + " unique")));
  }

  static Stream<Arguments> scheduling() {
    return Stream.of(
        pod(
            "nodeSelector: {disk: 'not valid!'}",
            "spec.nodeSelector: Invalid value: \"not valid!\": a valid label must be an empty"
                + " string or consist of alphanumeric characters, '-', '_' or '.', and must start"
                + " and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                + " '12345', regex used for validation is"
                + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"),
        pod(
            "tolerations: [{operator: Equal, value: x}]",
            "spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when"
                + " `key` is empty, which means \"match all values and all keys\""),
        pod(
            "tolerations: [{key: a, operator: Exists, value: x}]",
            "spec.tolerations[0].operator: Invalid value: \"x\": value must be empty when"
                + " `operator` is 'Exists'"),
        pod(
            "tolerations: [{key: a, effect: Never}]",
            "spec.tolerations[0].effect: Unsupported value: \"Never\": supported values:"
                + " \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""),
        pod(
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}}",
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                + ".nodeSelectorTerms: Required value: must have at least one node selector term"),
        pod(
            "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                + " [{labelSelector: {}}]}}",
            "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]"
                + ".topologyKey: Required value: can not be empty",
            "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]"
                + ".topologyKey: Invalid value: \"\": name part must be non-empty",
            "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]"
                + ".topologyKey: Invalid value: \"\": name part must consist of alphanumeric"
                + " characters, '-', '_' or '.', and must start and end with an alphanumeric"
                + " character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"),
        pod(
            "topologySpreadConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: Nope}]",
            "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than"
                + " zero",
            "spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"Nope\":"
                + " supported values: \"DoNotSchedule\", \"ScheduleAnyway\""),
        pod(
            "activeDeadlineSeconds: 0",
            "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647,"
                + " inclusive"),
        pod(
            "priorityClassName: UPPER",
            "spec.priorityClassName: Invalid value: \"UPPER\": a lowercase RFC 1123 subdomain must"
                + " consist of lower case alphanumeric characters, '-' or '.', and must start and"
                + " end with an alphanumeric character (e.g. 'example.com', regex used for"
                + " validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"),
        pod(
            "dnsPolicy: None",
            "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"),
        pod(
            "dnsConfig: {nameservers: [nope]}",
            "spec.dnsConfig.nameservers[0]: Invalid value: \"nope\": must be a valid IP address,"
                + " (e.g. 10.9.8.7 or 2001:db8::ffff)"),
        pod(
            "hostAliases: [{ip: 127.0.0.1, hostnames: [UP]}]",
            "spec.hostAliases[0].hostnames[0]: Invalid value: \"UP\": a lowercase RFC 1123"
                + " subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                + " must start and end with an alphanumeric character (e.g. 'example.com', regex"
                + " used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"),
        pod(
            "schedulingGates: [{name: a}, {name: a}]",
            "spec.schedulingGates[1]: Duplicate value: \"a\""),
        pod(
            "nodeName: node-1\n  schedulingGates: [{name: a}]",
            "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"),
        pod(
            "ephemeralContainers: [{name: e, image: busybox}]",
            "spec.ephemeralContainers: Forbidden: cannot be set on create"),
        pod(
            "os: {name: windows}\n  securityContext: {runAsUser: 1}",
            "spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod"));
  }

  static Stream<Arguments> initContainers() {
    return Stream.of(
        pod(
            "initContainers: [{name: c, image: busybox}]",
            "spec.initContainers[0].name: Duplicate value: \"c\""),
        pod(
            "initContainers: [{name: i, image: busybox, livenessProbe: {tcpSocket: {port: 1}}}]",
            "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers"
                + " without restartPolicy=Always"),
        pod(
            "initContainers: [{name: i, image: busybox, restartPolicy: Always,"
                + " livenessProbe: {tcpSocket: {port: 1}}}]"),
        pod(
            "initContainers: [{name: i, image: busybox, restartPolicy: Often}]",
            "spec.initContainers[0].restartPolicy: Unsupported value: \"Often\": supported values:"
                + " \"Always\", \"Never\", \"OnFailure\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "containers",
    "probes",
    "resources",
    "security",
    "volumes",
    "scheduling",
    "initContainers"
  })
  void refusesAPodWithAllThatIsWrongWithIt(String what, String spec, List<String> errors) {
    String manifest = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  " + spec;
    assertThat(new TestRegistry().refusalOf(manifest)).as(what).isEqualTo(errors);
  }
}
