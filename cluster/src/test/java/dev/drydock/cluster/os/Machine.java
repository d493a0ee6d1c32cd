package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.cri.ContainerConfig;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.cri.ContainerStatus;
import dev.drydock.cluster.cri.CriException;
import dev.drydock.cluster.cri.LogEntry;
import dev.drydock.cluster.cri.OutputStreamName;
import dev.drydock.cluster.cri.PodSandboxConfig;
import dev.drydock.cluster.cri.RuntimeEvent;
import dev.drydock.cluster.cri.RuntimeState;
import dev.drydock.cluster.image.ImageCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/// A runtime with one node under a clock of the test's own, for trying programs.
public final class Machine {
  public static final Instant START = Instant.parse("2026-11-22T14:00:00Z");
  private static final int STEPS = 20_000;

  private RuntimeState state;
  private Instant now = START;
  private long seed = 7;
  public final List<RuntimeEvent> events = new ArrayList<>();

  public Machine() {
    state = RuntimeState.empty(ImageCatalog.BUILT_IN);
    use(
        runtime -> {
          runtime.addNode("node", "172.18.0.2", "10.244.0.");
          runtime
              .network()
              .setService(
                  "10.96.0.10",
                  53,
                  List.of(new dev.drydock.cluster.cri.NetworkService.Backend("10.244.0.250", 53)));
        });
  }

  private Machine(Machine other) {
    state = other.state;
    now = other.now;
    seed = other.seed;
  }

  public Machine fork() {
    return new Machine(this);
  }

  public Instant now() {
    return now;
  }

  public RuntimeState state() {
    return state;
  }

  public void use(Consumer<ContainerRuntime> body) {
    Object _ =
        ask(
            runtime -> {
              body.accept(runtime);
              return runtime;
            });
  }

  public <T> T ask(Function<ContainerRuntime, T> body) {
    var runtime = ContainerRuntime.of(state, now, new SplittableRandom(seed++));
    T answer = body.apply(runtime);
    state = runtime.state();
    return answer;
  }

  /// Lets programs run until all wait, without time passing.
  public void settle() {
    for (int i = 0; i < 1000; i++) {
      boolean more =
          ask(
              runtime -> {
                events.addAll(runtime.advance(STEPS));
                return runtime.hasRunnable();
              });
      if (!more) {
        return;
      }
    }
  }

  /// Lets time pass, waking programs when they are due.
  public void advance(Duration duration) {
    Instant end = now.plus(duration);
    settle();
    while (true) {
      Instant wake = ask(ContainerRuntime::nextWake).orElse(end);
      if (!wake.isBefore(end)) {
        break;
      }
      now = wake.isAfter(now) ? wake : now.plusMillis(1);
      settle();
    }
    now = end;
    settle();
  }

  public String sandbox(String name) {
    return ask(
        runtime ->
            runtime.runPodSandbox("node", PodSandboxConfig.of("default", name, "uid-" + name)));
  }

  public String start(String sandbox, ContainerConfig config) {
    return ask(
        runtime -> {
          runtime.images().addImage("node", config.image());
          try {
            String id = runtime.createContainer(sandbox, config);
            runtime.startContainer(id);
            return id;
          } catch (CriException e) {
            throw new AssertionError(e);
          }
        });
  }

  /// A container that does nothing, to run commands in.
  public String idle(String image) {
    return start(sandbox("box"), ContainerConfig.of("box", image, "sleep", "1000000"));
  }

  /// What a command printed and how it ended.
  public record Result(String out, String err, int code) {}

  public Result exec(String container, String... argv) {
    return feed(container, "", argv);
  }

  /// Runs a command with input, for at most a minute of its time.
  public Result feed(String container, String input, String... argv) {
    String session =
        ask(
            runtime -> {
              try {
                String id =
                    runtime.exec(container, ImmutableList.copyOf(argv), false, !input.isEmpty());
                runtime.writeStdin(id, input.getBytes(StandardCharsets.ISO_8859_1));
                runtime.closeStdin(id);
                return id;
              } catch (CriException e) {
                throw new AssertionError(e);
              }
            });
    var out = new StringBuilder();
    var err = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      settle();
      boolean done =
          ask(
              runtime -> {
                out.append(text(runtime.read(session, OutputStreamName.STDOUT)));
                err.append(text(runtime.read(session, OutputStreamName.STDERR)));
                return runtime.exitCode(session).isPresent();
              });
      if (done) {
        return ask(
            runtime -> {
              int code = runtime.exitCode(session).orElse(-1);
              runtime.closeSession(session);
              return new Result(out.toString(), err.toString(), code);
            });
      }
      Instant wake = ask(ContainerRuntime::nextWake).orElse(now.plusSeconds(60));
      now = wake.isAfter(now) ? wake : now.plusMillis(1);
      if (now.isAfter(START.plusSeconds(100_000))) {
        break;
      }
    }
    throw new AssertionError(
        "did not end: " + String.join(" ", argv) + "\n" + out + err + now + events);
  }

  /// Runs a script in a fresh busybox.
  public static Result sh(String script) {
    var machine = new Machine();
    return machine.exec(machine.idle("busybox"), "sh", "-c", script);
  }

  public ContainerStatus status(String container) {
    return ask(runtime -> runtime.containerStatus(container).orElseThrow());
  }

  public String log(String container) {
    var out = new StringBuilder();
    for (LogEntry entry : ask(runtime -> runtime.log(container)).entries()) {
      out.append(text(entry.bytes())).append(entry.partial() ? "" : "\n");
    }
    return out.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
