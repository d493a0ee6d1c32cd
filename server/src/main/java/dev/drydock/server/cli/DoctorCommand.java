package dev.drydock.server.cli;

import dev.drydock.server.kubectl.Kubectl;
import dev.drydock.server.kubectl.Programs;
import dev.drydock.server.kubectl.UserCache;
import dev.drydock.server.terminal.Sandbox;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `drydock doctor`: what was found on this machine, what is missing, and what that means.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Say what was found on this machine and what is missing.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  private final Home home;

  DoctorCommand(Home home) {
    this.home = home;
  }

  /// How good a finding is.
  private enum State {
    GOOD("✓"),
    OPTIONAL("·"),
    MISSING("✗");

    private final String mark;

    State(String mark) {
      this.mark = mark;
    }
  }

  private record Finding(State state, String what, String words) {}

  @Override
  public Integer call() {
    List<Finding> findings =
        List.of(jdk(), data(), kubectl(), sandbox(), docker(), node(), chromium());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    for (Finding finding : findings) {
      out.println("%s %-16s %s".formatted(finding.state().mark, finding.what(), finding.words()));
    }
    boolean missing = findings.stream().anyMatch(each -> each.state() == State.MISSING);
    out.println();
    out.println(
        missing
            ? "Something that Drydock needs is missing."
            : "Everything that Drydock needs is here.");
    return missing ? ExitCode.USER_PROBLEM : ExitCode.DONE;
  }

  private static Finding jdk() {
    return new Finding(
        State.GOOD,
        "JDK",
        "%s at %s".formatted(Runtime.version(), System.getProperty("java.home")));
  }

  private Finding data() {
    Path folder = home.data();
    for (Path existing = folder; existing != null; existing = existing.getParent()) {
      if (Files.exists(existing)) {
        return Files.isDirectory(existing) && Files.isWritable(existing)
            ? new Finding(State.GOOD, "data directory", folder.toString())
            : new Finding(
                State.MISSING,
                "data directory",
                "%s cannot be written: choose another with serve --data".formatted(folder));
      }
    }
    return new Finding(State.MISSING, "data directory", folder + " cannot be made");
  }

  private static Finding kubectl() {
    Optional<Kubectl.Found> onPath = Kubectl.onPath();
    Optional<Kubectl.Found> cached = Kubectl.cached();
    String path =
        onPath
            .map(found -> "%s at %s".formatted(found.version(), found.path()))
            .orElse("none on the PATH");
    String pinned =
        cached
            .map(found -> "pinned %s at %s".formatted(found.version(), found.path()))
            .orElse(
                "pinned %s is fetched when it is first needed, into %s"
                    .formatted(Kubectl.VERSION, UserCache.folder()));
    return new Finding(
        cached.isPresent() ? State.GOOD : State.OPTIONAL, "kubectl", path + "; " + pinned);
  }

  private static Finding sandbox() {
    Sandbox sandbox = Sandbox.find();
    return new Finding(
        sandbox.confines() ? State.GOOD : State.OPTIONAL, "sandbox", sandbox.description());
  }

  private static Finding docker() {
    return optional("Docker", "docker", "none: kind clusters need it, nothing else does");
  }

  private static Finding node() {
    return optional("Node.js", "node", "none: the build fetches its own");
  }

  private static Finding chromium() {
    return optional("chromium", "chromium", "none: only the end-to-end tests need it");
  }

  private static Finding optional(String what, String program, String otherwise) {
    return Programs.find(program)
        .map(path -> new Finding(State.GOOD, what, path.toString()))
        .orElse(new Finding(State.OPTIONAL, what, otherwise));
  }
}
