package dev.drydock.server.terminal;

import dev.drydock.cluster.KubeConfig;
import dev.drydock.server.kubectl.KubectlException;
import dev.drydock.server.kubectl.KubectlProgram;
import dev.drydock.server.learner.DurableFiles;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.LearnerFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// All shells: one for each learner and workspace, kept over reloads of the page, ended when nobody
/// has looked at it for long.
public final class Terminals implements AutoCloseable {
  private static final int SHELLS_MAX = 400;
  private static final int SHELLS_OF_LEARNER_MAX = 4;
  private static final Duration LAST_BREATH = Duration.ofSeconds(5);
  private static final Duration UNWATCHED_MAX = Duration.ofMinutes(30);

  private final Supplier<Sandbox> sandbox;
  private final boolean sandboxRequired;
  private final KubectlProgram kubectl;
  private final Path startup;
  private final InstantSource clock;

  /// Guarded by this.
  private final Map<Key, Shell> shells = new HashMap<>();

  /// Guarded by this.
  private boolean closed;

  private record Key(String learner, String workspace) {}

  /// @param sandboxRequired when others than the user of this machine can reach the server
  public Terminals(
      Supplier<Sandbox> sandbox,
      boolean sandboxRequired,
      KubectlProgram kubectl,
      Path dataDirectory,
      InstantSource clock) {
    this.sandbox = sandbox;
    this.sandboxRequired = sandboxRequired;
    this.kubectl = kubectl;
    this.startup = dataDirectory.toAbsolutePath().resolve("shell/bashrc");
    this.clock = clock;
  }

  /// A page's hold on a shell.
  public final class Attachment implements AutoCloseable {
    private final Shell shell;
    private final Viewer viewer;

    private Attachment(Shell shell, Viewer viewer) {
      this.shell = shell;
      this.viewer = viewer;
    }

    /// Shows the viewer what the shell printed so far, and from then on whatever it prints.
    public void show() {
      shell.attach(viewer);
    }

    public void input(String text) {
      shell.input(text);
    }

    public void resize(int columns, int rows) {
      shell.resize(columns, rows);
    }

    /// The viewer has drawn so many bytes more.
    public void drawn(long bytes) {
      shell.drawn(viewer, bytes);
    }

    @Override
    public void close() {
      shell.detach(viewer);
    }
  }

  /// A shell that is not given; the message is for the learner.
  public static final class RefusedException extends Exception {
    RefusedException(String message) {
      super(message);
    }
  }

  /// A hold on the learner's shell in a workspace, for a viewer. Starts the shell if need be.
  ///
  /// @param workspace a folder below the learner's home
  public Attachment open(
      Learner learner,
      LearnerFiles files,
      KubeConfig kubeConfig,
      String workspace,
      int columns,
      int rows,
      Viewer viewer)
      throws IOException, RefusedException, KubectlException {
    Sandbox confinement = sandbox.get();
    Path program = kubectl.path();
    Shell shell = shell(learner, files, kubeConfig, workspace, columns, rows, confinement, program);
    shell.resize(columns, rows);
    return new Attachment(shell, viewer);
  }

  private synchronized Shell shell(
      Learner learner,
      LearnerFiles files,
      KubeConfig kubeConfig,
      String workspace,
      int columns,
      int rows,
      Sandbox confinement,
      Path program)
      throws IOException, RefusedException {
    if (closed) {
      throw new RefusedException("The workbook is being stopped.");
    }
    shells.values().removeIf(shell -> !shell.running());
    Key key = new Key(learner.id(), workspace);
    Shell running = shells.get(key);
    if (running != null) {
      return running;
    }
    admit(learner, confinement);
    writeKubeConfig(files, kubeConfig);
    DurableFiles.write(startup, ShellProgram.startup().getBytes(StandardCharsets.UTF_8));
    files.folder(workspace);
    ShellPlan plan = new ShellPlan(files.home().toAbsolutePath(), workspace, program, startup);
    Shell shell = Shell.start(confinement.launch(plan), columns, rows, clock);
    shells.put(key, shell);
    return shell;
  }

  private void admit(Learner learner, Sandbox confinement) throws RefusedException {
    if (sandboxRequired && !confinement.confines()) {
      throw new RefusedException(
          "This workbook is open to others, and this machine has no sandbox for their shells."
              + " Install bubblewrap (package bubblewrap) and start it again; until then use the"
              + " editor and Apply.");
    }
    long own = shells.keySet().stream().filter(key -> key.learner.equals(learner.id())).count();
    if (own >= SHELLS_OF_LEARNER_MAX && !closeUnwatched(learner)) {
      throw new RefusedException(
          "You have %d terminals open. Close one of their pages, or type exit in one."
              .formatted(own));
    }
    if (shells.size() >= SHELLS_MAX) {
      throw new RefusedException("All terminals of this workbook are in use. Try again later.");
    }
  }

  /// Ends the learner's shell that nobody has looked at for the longest time, if there is one.
  private boolean closeUnwatched(Learner learner) {
    var longest =
        shells.entrySet().stream()
            .filter(entry -> entry.getKey().learner.equals(learner.id()))
            .filter(entry -> entry.getValue().unwatched().isPositive())
            .max(java.util.Comparator.comparing(entry -> entry.getValue().unwatched()));
    longest.ifPresent(
        entry -> {
          var _ = entry.getValue().kill();
          shells.remove(entry.getKey());
        });
    return longest.isPresent();
  }

  /// The learner may add contexts to the file; it is replaced only when it no longer leads to the
  /// learner's cluster.
  private static void writeKubeConfig(LearnerFiles files, KubeConfig kubeConfig)
      throws IOException {
    String path = ".kube/config";
    String kept = files.read(path).map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
    if (!kept.contains(kubeConfig.server()) || !kept.contains(kubeConfig.token())) {
      files.write(path, kubeConfig.yaml().getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Ends shells that nobody has looked at for long; to be called now and then.
  public synchronized void sweep() {
    shells
        .values()
        .removeIf(
            shell -> {
              boolean old = shell.unwatched().compareTo(UNWATCHED_MAX) > 0;
              if (old) {
                var _ = shell.kill();
              }
              return old || !shell.running();
            });
  }

  @Override
  public synchronized void close() {
    closed = true;
    CompletableFuture<?>[] gone =
        shells.values().stream().map(Shell::kill).toArray(CompletableFuture[]::new);
    shells.clear();
    CompletableFuture.allOf(gone)
        .completeOnTimeout(null, LAST_BREATH.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
