package dev.drydock.cluster.os.servers;

import dev.drydock.cluster.os.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The programs of the control plane and of kind's network and storage, by name: their ports, what
/// they take at rest, and the first lines of their logs.
final class SystemServers {
  private static final long MIB = 1 << 20;

  private SystemServers() {}

  static @Nullable Program start(String name) {
    return switch (name) {
      case "etcd" ->
          SystemServer.of(
              42 * MIB,
              18,
              List.of(2379, 2380, 2381),
              """
              {"level":"info","ts":"%t","caller":"etcdmain/etcd.go:65","msg":"Running: ","args":["etcd"]}
              {"level":"info","ts":"%t","caller":"embed/etcd.go:138","msg":"configuring peer listeners"}
              {"level":"info","ts":"%t","caller":"embed/etcd.go:146","msg":"configuring client listeners"}
              {"level":"info","ts":"%t","caller":"etcdserver/server.go:2163","msg":"published local member to cluster through raft"}
              {"level":"info","ts":"%t","caller":"embed/serve.go:103","msg":"ready to serve client requests"}
              """);
      case "kube-apiserver" ->
          SystemServer.of(
              230 * MIB,
              35,
              List.of(6443),
              """
              I%k       1 server.go:150] Version: v1.36.2
              I%k       1 dynamic_serving_content.go:116] "Loaded a new cert/key pair" name="serving-cert::/etc/kubernetes/pki/apiserver.crt::/etc/kubernetes/pki/apiserver.key"
              I%k       1 secure_serving.go:211] Serving securely on [::]:6443
              I%k       1 cache.go:39] Caches are synced for APIServiceRegistrationController controller
              I%k       1 alloc.go:329] "allocated clusterIPs" service="default/kubernetes" clusterIPs={"IPv4":"10.96.0.1"}
              I%k       1 controller.go:667] quota admission added evaluator for: deployments.apps
              """);
      case "kube-controller-manager" ->
          SystemServer.of(
              52 * MIB,
              12,
              List.of(10257),
              """
              I%k       1 controllermanager.go:200] "Starting" version="v1.36.2"
              I%k       1 secure_serving.go:211] Serving securely on 127.0.0.1:10257
              I%k       1 leaderelection.go:257] attempting to acquire leader lease kube-system/kube-controller-manager...
              I%k       1 leaderelection.go:271] successfully acquired lease kube-system/kube-controller-manager
              I%k       1 shared_informer.go:356] "Caches are synced" controller="deployment"
              """);
      case "kube-scheduler" ->
          SystemServer.of(
              22 * MIB,
              3,
              List.of(10259),
              """
              I%k       1 server.go:174] "Starting Kubernetes Scheduler" version="v1.36.2"
              I%k       1 secure_serving.go:211] Serving securely on 127.0.0.1:10259
              I%k       1 leaderelection.go:257] attempting to acquire leader lease kube-system/kube-scheduler...
              I%k       1 leaderelection.go:271] successfully acquired lease kube-system/kube-scheduler
              """);
      case "kube-proxy" ->
          SystemServer.of(
              14 * MIB,
              1,
              List.of(10249, 10256),
              """
              I%k       1 server_linux.go:145] "Using iptables proxy"
              I%k       1 server.go:483] "Version info" version="v1.36.2"
              I%k       1 config.go:200] "Starting service config controller"
              I%k       1 config.go:106] "Starting endpoint slice config controller"
              I%k       1 shared_informer.go:356] "Caches are synced" controller="service config"
              """);
      case "coredns" ->
          SystemServer.of(
              13 * MIB,
              2,
              List.of(53, 8080, 8181, 9153),
              """
              .:53
              [INFO] plugin/reload: Running configuration SHA512 = 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b
              CoreDNS-1.14.2
              linux/amd64, go1.25.5
              """);
      case "kindnetd" ->
          SystemServer.of(
              10 * MIB,
              1,
              List.of(),
              """
              I%k       1 main.go:109] connected to apiserver
              I%k       1 main.go:139] hostIP = podIP
              I%k       1 main.go:148] setting mtu 1500 for CNI
              I%k       1 main.go:178] kindnetd IP family: "ipv4"
              I%k       1 main.go:301] handling current node
              """);
      case "local-path-provisioner" ->
          SystemServer.of(
              9 * MIB,
              1,
              List.of(),
              """
              time="%t" level=debug msg="Provisioner started"
              I%k       1 controller.go:824] Started provisioner controller rancher.io/local-path
              """);
      default -> null;
    };
  }
}
