package dev.drydock.cluster.os.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.cri.ContainerConfig;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.cri.NetworkService.Backend;
import dev.drydock.cluster.cri.NetworkService.Connect;
import dev.drydock.cluster.cri.NetworkService.Outcome;
import dev.drydock.cluster.cri.Signal;
import dev.drydock.cluster.os.Machine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServersTest {
  private final Machine machine = new Machine();

  private String kuard(String sandbox) {
    String id =
        machine.start(
            machine.sandbox(sandbox),
            ContainerConfig.of("kuard", "gcr.io/kuar-demo/kuard-amd64:blue"));
    machine.settle();
    return id;
  }

  private String get(String host, int port, String path) {
    Connect connect = machine.ask(r -> r.network().connect(null, host, port));
    assertThat(connect.outcome()).isEqualTo(Outcome.CONNECTED);
    machine.use(
        r ->
            r.network()
                .send(
                    connect.id(),
                    ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
    machine.settle();
    String answer =
        machine.ask(r -> new String(r.network().receive(connect.id()), StandardCharsets.UTF_8));
    assertThat(machine.<Boolean>ask(r -> r.network().isAtEnd(connect.id()))).isTrue();
    machine.use(r -> r.network().close(connect.id()));
    return answer;
  }

  @Test
  void kuardStartsAndAnswersItsProbes() {
    String id = kuard("kuard");
    assertThat(machine.log(id))
        .startsWith("2026/11/22 14:00:00 Starting kuard version: v0.10.0-blue\n");
    assertThat(get("10.244.0.2", 8080, "/healthy"))
        .startsWith("HTTP/1.1 200 OK")
        .endsWith("\r\n\r\nok");
    assertThat(machine.log(id)).contains("GET /healthy");
  }

  @Test
  void kuardFailsItsProbesWhenToldTo() {
    String id = kuard("kuard");
    var put =
        machine.exec(
            id,
            "sh",
            "-c",
            "printf \"PUT /healthy/api HTTP/1.0\\r\\nContent-Type: application/json\\r\\nContent-Length: 15\\r\\n\\r\\n{\\\"failNext\\\":-1}\" | nc 127.0.0.1 8080");
    assertThat(put.out()).startsWith("HTTP/1.0 200 OK").contains("\"failNext\":-1");
    assertThat(get("10.244.0.2", 8080, "/healthy")).startsWith("HTTP/1.1 500 ");
    assertThat(get("10.244.0.2", 8080, "/ready")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void kuardEndsWithCodeTwoOnSigterm() {
    String id = kuard("kuard");
    machine.use(r -> r.signal(id, Signal.SIGTERM));
    machine.settle();
    assertThat(((ContainerState.Exited) machine.status(id).state()).exitCode()).isEqualTo(2);
  }

  @Test
  void kuardIsKilledWhenItsMemoryIsUsedUp() {
    String id =
        machine.start(
            machine.sandbox("kuard"),
            ContainerConfig.of("kuard", "gcr.io/kuar-demo/kuard-amd64:blue")
                .withLimits(64 << 20, 0));
    machine.settle();
    var _ =
        machine.exec(
            id,
            "wget",
            "-q",
            "-O-",
            "--post-data",
            "x",
            "http://127.0.0.1:8080/mem/api/alloc?size=50000000");
    assertThat(machine.status(id).state()).isInstanceOf(ContainerState.Running.class);
    var _ =
        machine.exec(
            id,
            "wget",
            "-q",
            "-O-",
            "--post-data",
            "x",
            "http://127.0.0.1:8080/mem/api/alloc?size=50000000");
    machine.settle();
    assertThat(((ContainerState.Exited) machine.status(id).state()).reason())
        .isEqualTo("OOMKilled");
  }

  @Test
  void podsReachEachOtherByServiceAndName() {
    String first = kuard("one");
    kuard("two");
    machine.use(
        r -> {
          r.network()
              .setService(
                  "10.96.7.7",
                  80,
                  List.of(new Backend("10.244.0.2", 8080), new Backend("10.244.0.3", 8080)));
          r.network().setName("kuard.default.svc.cluster.local", List.of("10.96.7.7"));
        });
    String box = machine.idle("busybox");
    assertThat(machine.exec(box, "wget", "-qO-", "http://kuard/healthy").out()).isEqualTo("ok");
    assertThat(machine.exec(box, "wget", "-qO-", "http://kuard.default/ready").out())
        .isEqualTo("ok");
    assertThat(machine.log(first)).contains("GET /");
    assertThat(machine.exec(box, "nslookup", "kuard").out())
        .isEqualTo(
            "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tkuard.default.svc.cluster.local\nAddress: 10.96.7.7\n\n");
    assertThat(machine.exec(box, "wget", "-qO-", "http://nosuch").err())
        .isEqualTo("wget: bad address 'nosuch'\n");
  }

  @Test
  void connectsAreRefusedOrTimeOut() {
    kuard("kuard");
    String box = machine.idle("busybox");
    assertThat(machine.exec(box, "wget", "-qO-", "http://10.244.0.2:81").err())
        .isEqualTo("wget: can't connect to remote host (10.244.0.2): Connection refused\n");
    assertThat(machine.exec(box, "wget", "-T", "2", "-qO-", "http://10.9.9.9").err())
        .isEqualTo("wget: download timed out\n");
    assertThat(machine.exec(box, "nc", "-zv", "10.244.0.2", "8080").code()).isZero();
    assertThat(machine.<Outcome>ask(r -> r.network().connect(null, "10.244.0.2", 81).outcome()))
        .isEqualTo(Outcome.REFUSED);
    assertThat(machine.<Outcome>ask(r -> r.network().connect(null, "10.1.1.1", 81).outcome()))
        .isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void nginxServesFilesAndLogsRequests() {
    String id = machine.start(machine.sandbox("web"), ContainerConfig.of("c", "nginx"));
    machine.settle();
    assertThat(get("10.244.0.2", 80, "/")).contains("Server: nginx/").contains("Welcome to nginx!");
    assertThat(machine.exec(id, "sh", "-c", "echo mine > /usr/share/nginx/html/index.html").code())
        .isZero();
    assertThat(get("10.244.0.2", 80, "/index.html")).endsWith("mine\n");
    assertThat(get("10.244.0.2", 80, "/none")).startsWith("HTTP/1.1 404 Not Found");
    assertThat(machine.log(id)).contains("\"GET /none HTTP/1.1\" 404");
    machine.use(r -> r.signal(id, Signal.SIGQUIT));
    machine.settle();
    assertThat(((ContainerState.Exited) machine.status(id).state()).exitCode()).isZero();
  }

  @Test
  void postgresInsistsOnItsPassword() {
    String refused = machine.start(machine.sandbox("a"), ContainerConfig.of("db", "postgres:16"));
    String accepted =
        machine.start(
            machine.sandbox("b"),
            ContainerConfig.of("db", "postgres:16")
                .withEnv(ImmutableMap.of("POSTGRES_PASSWORD", "x")));
    machine.settle();
    assertThat(((ContainerState.Exited) machine.status(refused).state()).exitCode()).isEqualTo(1);
    assertThat(machine.log(refused)).contains("POSTGRES_PASSWORD");
    assertThat(machine.log(accepted)).contains("database system is ready to accept connections");
  }

  @Test
  void twoContainersOfAPodShareItsNetwork() {
    String pod = machine.sandbox("pod");
    machine.start(pod, ContainerConfig.of("a", "nginx"));
    String second = machine.start(pod, ContainerConfig.of("b", "busybox", "sleep", "1000"));
    machine.settle();
    assertThat(machine.exec(second, "wget", "-qO-", "localhost").out()).contains("nginx");
    String third = machine.start(pod, ContainerConfig.of("c", "nginx"));
    machine.settle();
    assertThat(machine.log(third)).contains("address already in use");
  }

  @Test
  void ncListensAndAnswers() {
    String pod = machine.sandbox("pod");
    String server =
        machine.start(
            pod,
            ContainerConfig.of(
                "a", "busybox", "sh", "-c", "echo hello | nc -l -p 9000; echo served"));
    machine.settle();
    String client = machine.idle("busybox");
    assertThat(machine.feed(client, "hi\n", "nc", "10.244.0.2", "9000").out()).isEqualTo("hello\n");
    machine.settle();
    assertThat(machine.log(server)).isEqualTo("hi\nserved\n");
  }

  @Test
  void filesAreCopiedIntoKuardAndBackAsKubectlDoes() {
    String id = kuard("kuard");
    String box = machine.idle("busybox");
    var _ = machine.exec(box, "sh", "-c", "echo hello > /tmp/config.txt");
    String archive = machine.exec(box, "tar", "cf", "-", "-C", "/tmp", "config.txt").out();
    assertThat(machine.feed(id, archive, "tar", "-xmf", "-", "-C", "/tmp").code()).isZero();
    assertThat(machine.exec(id, "cat", "/tmp/config.txt").out()).isEqualTo("hello\n");
    var back = machine.exec(id, "tar", "cf", "-", "/tmp/config.txt");
    assertThat(back.err()).isEqualTo("tar: removing leading '/' from member names\n");
    assertThat(back.out()).startsWith("tmp/config.txt\0").contains("hello\n");
    assertThat(machine.exec(id, "whoami").out()).isEqualTo("nobody\n");
  }

  @Test
  void aForkDoesNotSeeTheOthersRequests() {
    String id = kuard("kuard");
    Machine fork = machine.fork();
    assertThat(get("10.244.0.2", 8080, "/healthy")).contains("ok");
    machine.advance(Duration.ofSeconds(1));
    fork.advance(Duration.ofSeconds(1));
    assertThat(machine.log(id)).contains("GET /healthy");
    assertThat(fork.log(id)).doesNotContain("GET /healthy").contains("Serving on HTTP");
  }
}
