package dev.drydock.cluster.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.image.ImageCatalog;
import dev.drydock.cluster.image.PullException;
import dev.drydock.cluster.os.Machine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContainerRuntimeTest {
  private final Machine machine = new Machine();

  private static ContainerConfig sh(String script) {
    return ContainerConfig.of("c", "busybox", "sh", "-c", script);
  }

  private String run(String script) {
    return machine.start(machine.sandbox("pod"), sh(script));
  }

  private ContainerState.Exited exited(String id) {
    assertThat(machine.status(id).state()).isInstanceOf(ContainerState.Exited.class);
    return (ContainerState.Exited) machine.status(id).state();
  }

  @Test
  void runsAContainerToItsEnd() {
    String id = run("echo started; sleep 2; echo failing >&2; exit 7");
    machine.settle();
    assertThat(machine.status(id).state()).isInstanceOf(ContainerState.Running.class);
    machine.advance(Duration.ofSeconds(3));
    assertThat(exited(id).exitCode()).isEqualTo(7);
    assertThat(exited(id).reason()).isEqualTo("Error");
    assertThat(exited(id).finishedAt()).isEqualTo(Machine.START.plusSeconds(2));
    assertThat(machine.log(id)).isEqualTo("started\nfailing\n");
    assertThat(machine.events).contains(new RuntimeEvent.ContainerExited(id));
    assertThat(id).matches("[0-9a-f]{64}");
  }

  @Test
  void processOneIgnoresSigtermUnlessItCatchesIt() {
    String deaf = run("sleep 3600");
    String hearing = run("trap 'echo bye; exit 0' TERM; while true; do sleep 1; done");
    machine.settle();
    machine.use(
        runtime -> {
          runtime.signal(deaf, Signal.SIGTERM);
          runtime.signal(hearing, Signal.SIGTERM);
        });
    machine.advance(Duration.ofSeconds(2));
    assertThat(machine.status(deaf).state()).isInstanceOf(ContainerState.Running.class);
    assertThat(exited(hearing).reason()).isEqualTo("Completed");
    assertThat(machine.log(hearing)).isEqualTo("bye\n");
    machine.use(runtime -> runtime.signal(deaf, Signal.SIGKILL));
    assertThat(exited(deaf).exitCode()).isEqualTo(137);
  }

  @Test
  void saysWhatRuncSaysOfAProgramThatIsNotThere() {
    String sandbox = machine.sandbox("pod");
    machine.use(
        runtime -> {
          runtime.images().addImage("node", "busybox");
          var thrown =
              catchThrowable(
                  () ->
                      runtime.startContainer(
                          runtime.createContainer(
                              sandbox, ContainerConfig.of("c", "busybox", "nosuch"))));
          assertThat(thrown)
              .hasMessage(
                  "failed to create containerd task: failed to create shim task: OCI runtime create"
                      + " failed: runc create failed: unable to start container process: error"
                      + " during container init: exec: \"nosuch\": executable file not found in"
                      + " $PATH");
        });
    String box = machine.idle("busybox");
    machine.use(
        runtime ->
            assertThat(catchThrowable(() -> runtime.exec(box, List.of("nosuch"), false, false)))
                .hasMessageContaining(
                    "exec failed: unable to start container process: exec: \"nosuch\": executable"
                        + " file not found in $PATH"));
  }

  @Test
  void namesImagesAsContainerdDoes() {
    ImageCatalog catalog = ImageCatalog.BUILT_IN;
    assertThat(catalog.resolve("nginx").orElseThrow().reference().toString())
        .isEqualTo("docker.io/library/nginx:latest");
    assertThat(catalog.resolve("busybox:1.36")).isPresent();
    assertThat(catalog.resolve("gcr.io/kuar-demo/kuard-amd64:blue")).isPresent();
    assertThat(catchThrowable(() -> catalog.pull("nginx:nope")))
        .isInstanceOf(PullException.class)
        .hasMessage(
            "rpc error: code = NotFound desc = failed to pull and unpack image"
                + " \"docker.io/library/nginx:nope\": failed to resolve reference"
                + " \"docker.io/library/nginx:nope\": docker.io/library/nginx:nope: not found");
    assertThat(catchThrowable(() -> catalog.pull("ngnix:nope")))
        .hasMessageContaining("pull access denied, repository does not exist");
  }

  @Test
  void givesPodsAddressesNamesAndNameServers() {
    String box = machine.idle("busybox");
    assertThat(machine.exec(box, "cat", "/etc/hostname").out()).isEqualTo("box\n");
    assertThat(machine.exec(box, "cat", "/etc/resolv.conf").out())
        .isEqualTo(
            """
            search default.svc.cluster.local svc.cluster.local cluster.local
            nameserver 10.96.0.10
            options ndots:5
            """);
    assertThat(machine.exec(box, "hostname", "-i").out()).isEqualTo("10.244.0.2\n");
  }

  @Test
  void killsAContainerBeyondItsMemory() {
    String id =
        machine.start(
            machine.sandbox("hog"), sh("x=a; while true; do x=$x$x; done").withLimits(32 << 20, 0));
    machine.advance(Duration.ofSeconds(5));
    assertThat(exited(id).exitCode()).isEqualTo(137);
    assertThat(exited(id).reason()).isEqualTo("OOMKilled");
  }

  @Test
  void anEndlessLoopUsesItsCpuTimeAndNoMore() {
    String id = run("while :; do :; done");
    machine.advance(Duration.ofSeconds(2));
    assertThat(machine.status(id).cpuNanos()).isBetween(1_900_000_000L, 2_200_000_000L);
    assertThat(machine.ask(ContainerRuntime::hasRunnable)).isFalse();
  }

  @Test
  void aForkBombIsStoppedByTheLimitOfProcesses() {
    String id = run("f() { f | f & f; }; f");
    machine.advance(Duration.ofSeconds(1));
    String box = machine.idle("busybox");
    assertThat(machine.exec(box, "echo", "alive").out()).isEqualTo("alive\n");
    assertThat(machine.log(id)).contains("can't fork: Resource temporarily unavailable");
  }

  @Test
  void endlessOutputIsBounded() {
    String id = run("yes");
    machine.advance(Duration.ofSeconds(3));
    assertThat(machine.ask(r -> r.log(id)).bytes()).isLessThanOrEqualTo(ContainerLog.BYTES_MAX);
  }

  @Test
  void aFullVolumeHasNoSpaceLeft() {
    machine.use(r -> r.volumes().createInMemory("v", 1 << 20));
    String id =
        machine.start(
            machine.sandbox("pod"),
            sh("yes > /v/f; echo $?; ls -l /v/f | awk '{print $5}'; sleep 100")
                .withMounts(new VolumeMount("v", "/v", "", false)));
    machine.advance(Duration.ofSeconds(10));
    assertThat(machine.log(id)).contains("No space left on device");
    assertThat(machine.<Long>ask(r -> r.volumes().usedBytes("v"))).isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void fillsVolumesAtOnceAndReadOnly() {
    machine.use(
        r ->
            r.volumes()
                .setContents(
                    "cfg",
                    Map.of(
                        "mode",
                        new VolumeService.VolumeFile(bytes("fast"), 0644),
                        "a.properties",
                        new VolumeService.VolumeFile(bytes("a=1\n"), 0644))));
    String id =
        machine.start(
            machine.sandbox("pod"),
            sh("sleep 1000").withMounts(new VolumeMount("cfg", "/cfg", "", true)));
    assertThat(machine.exec(id, "ls", "/cfg").out()).isEqualTo("a.properties\nmode\n");
    assertThat(machine.exec(id, "cat", "/cfg/mode").out()).isEqualTo("fast");
    assertThat(machine.exec(id, "sh", "-c", "echo x > /cfg/new").err())
        .isEqualTo("sh: can't create /cfg/new: Read-only file system\n");
    machine.use(
        r ->
            r.volumes()
                .setContents(
                    "cfg", Map.of("mode", new VolumeService.VolumeFile(bytes("slow"), 0644))));
    assertThat(machine.exec(id, "cat", "/cfg/mode").out()).isEqualTo("slow");
    assertThat(machine.exec(id, "ls", "/cfg").out()).isEqualTo("mode\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void volumesOutliveContainersAndHostPathsPods() {
    machine.use(
        r -> {
          try {
            r.volumes()
                .createHostPath(
                    "h", "node", "/var/lib/kuard", VolumeService.HostPathType.DIRECTORY_OR_CREATE);
          } catch (CriException e) {
            throw new AssertionError(e);
          }
          var thrown =
              catchThrowable(
                  () ->
                      r.volumes()
                          .createHostPath(
                              "x", "node", "/no/such/dir", VolumeService.HostPathType.DIRECTORY));
          assertThat(thrown)
              .hasMessage("hostPath type check failed: /no/such/dir is not a directory");
        });
    String sandbox = machine.sandbox("w");
    machine.start(
        sandbox, sh("echo kept > /data/file").withMounts(new VolumeMount("h", "/data", "", false)));
    machine.settle();
    machine.use(r -> r.removePodSandbox(sandbox));
    String reader =
        machine.start(
            machine.sandbox("r"),
            sh("cat /data/file; echo no > /data/x")
                .withMounts(new VolumeMount("h", "/data", "", true)));
    machine.settle();
    assertThat(machine.log(reader))
        .isEqualTo("kept\nsh: can't create /data/x: Read-only file system\n");
    assertThat(exited(reader).exitCode()).isEqualTo(1);
  }

  @Test
  void givesTheEnvironmentOfImageAndPod() {
    String id =
        machine.start(
            machine.sandbox("pod"),
            sh("echo $MODE $HOSTNAME $HOME $PATH").withEnv(ImmutableMap.of("MODE", "fast")));
    machine.settle();
    assertThat(machine.log(id))
        .isEqualTo("fast pod /root /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
  }

  @Test
  void feedsInputToAnExec() {
    String box = machine.idle("busybox");
    assertThat(machine.feed(box, "one\ntwo\n", "cat").out()).isEqualTo("one\ntwo\n");
    assertThat(machine.feed(box, "echo $((1+1))\n", "sh").out()).isEqualTo("2\n");
  }

  @Test
  void aTerminalEchoesPromptsAndInterrupts() {
    String box = machine.idle("busybox");
    String session = machine.ask(r -> execTty(r, box));
    machine.settle();
    machine.use(r -> r.writeStdin(session, bytes("echo hi\r")));
    machine.settle();
    machine.use(r -> r.writeStdin(session, bytes("sleep 100\r")));
    machine.settle();
    machine.use(r -> r.writeStdin(session, new byte[] {3}));
    machine.settle();
    machine.use(r -> r.writeStdin(session, bytes("exit 5\r")));
    machine.settle();
    String out =
        machine.ask(
            r -> new String(r.read(session, OutputStreamName.STDOUT), StandardCharsets.UTF_8));
    assertThat(out).isEqualTo("/ # echo hi\r\nhi\r\n/ # sleep 100\r\n^C\r\n/ # exit 5\r\n");
    assertThat(machine.<java.util.OptionalInt>ask(r -> r.exitCode(session))).hasValue(5);
  }

  private static String execTty(ContainerRuntime runtime, String box) {
    try {
      return runtime.exec(box, List.of("sh"), true, true);
    } catch (CriException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aForkHasTheSameFutureAtAnyMoment() {
    String id = run("i=0; while true; do i=$((i+1)); echo $i $(date +%s) | tr 1 2; sleep 5; done");
    var random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      machine.advance(Duration.ofMillis(random.nextInt(1, 9000)));
      Machine left = machine.fork();
      Machine right = machine.fork();
      left.advance(Duration.ofSeconds(60));
      right.advance(Duration.ofSeconds(60));
      assertThat(left.log(id)).isEqualTo(right.log(id)).isNotEqualTo(machine.log(id));
    }
  }

  @Test
  void aForkInTheMiddleOfAStepGoesOnAlike() {
    String id = run("for i in $(seq 30); do echo $i; done | sort -r | head -3; echo done");
    for (int steps = 1; steps < 400; steps++) {
      int now = steps;
      machine.use(r -> machine.events.addAll(r.advance(now % 3 + 1)));
      Machine copy = machine.fork();
      copy.settle();
      assertThat(copy.log(id)).isEqualTo("30\n29\n28\ndone\n".replace("30\n29\n28", "9\n8\n7"));
    }
  }

  @Test
  void asksNothingOfAStateThatDoesNotChange() {
    run("sleep 1000");
    machine.settle();
    RuntimeState before = machine.state();
    machine.settle();
    assertThat(machine.state()).isSameAs(before);
  }
}
