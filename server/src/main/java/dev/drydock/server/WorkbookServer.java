package dev.drydock.server;

import com.google.common.base.Suppliers;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.server.cluster.ClusterSource;
import dev.drydock.server.cluster.EmbeddedClusters;
import dev.drydock.server.cluster.KubectlApply;
import dev.drydock.server.cluster.LearnerClusters;
import dev.drydock.server.content.Library;
import dev.drydock.server.exercise.CheckService;
import dev.drydock.server.exercise.Exercises;
import dev.drydock.server.exercise.GraderExercises;
import dev.drydock.server.exercise.LiveChecks;
import dev.drydock.server.http.Workbook;
import dev.drydock.server.kubectl.KubectlProgram;
import dev.drydock.server.learner.Database;
import dev.drydock.server.learner.LearnerCookie;
import dev.drydock.server.learner.LearnerHomes;
import dev.drydock.server.learner.Learners;
import dev.drydock.server.learner.Progress;
import dev.drydock.server.terminal.Sandbox;
import dev.drydock.server.terminal.Terminals;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// A served workbook. It listens when {@link #start} returns; clusters, kubectl and the sandbox get
/// ready behind the first page.
public final class WorkbookServer implements AutoCloseable {
  private static final long SWEEP_MINUTES = 5;
  private static final long FIRST_PAGE_MILLIS = 400;

  private final Workbook workbook;
  private final Javalin application;
  private final LearnerClusters clusters;
  private final Supplier<Sandbox> sandbox;
  private final Terminals terminals;
  private final ExecutorService workers;
  private final ScheduledExecutorService sweeper;
  private final FileChannel lock;
  private final String host;

  /// What a server is made of beside its options; tests put their own in.
  public record Providers(
      Path home,
      Exercises exercises,
      CheckService checks,
      ClusterSource clusters,
      KubectlProgram kubectl,
      Supplier<Sandbox> sandbox,
      InstantSource clock) {}

  /// @throws StartException when the port or the data directory cannot be had
  public static WorkbookServer start(ServeOptions options) throws StartException {
    Path home = Path.of(System.getProperty("drydock.home", "."));
    ExerciseCatalog catalog = new ExerciseCatalog(home.resolve("exercises"));
    InstantSource clock = InstantSource.system();
    return start(
        options,
        new Providers(
            home,
            new GraderExercises(catalog),
            new LiveChecks(catalog),
            switch (options.clusterProvider()) {
              case EMBEDDED -> new EmbeddedClusters(clock);
              case KIND, EXISTING ->
                  throw new StartException(
                      "Learners' clusters are embedded ones as yet.",
                      "Start with --cluster embedded.");
            },
            KubectlProgram.forTerminal(),
            Sandbox::find,
            clock));
  }

  private WorkbookServer(ServeOptions options, Providers providers, FileChannel lock)
      throws IOException {
    Path data = options.dataDirectory().toAbsolutePath();
    Jdbi database = Database.open(data);
    LearnerHomes homes = new LearnerHomes(data);
    KubectlProgram kubectl = providers.kubectl();
    this.sandbox = Suppliers.memoize(providers.sandbox()::get);
    this.lock = lock;
    this.host = options.host();
    this.workers = Executors.newVirtualThreadPerTaskExecutor();
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    this.clusters = new LearnerClusters(providers.clusters(), homes, workers);
    boolean shared = options.classCode() != null || !Workbook.isLoopback(options.host());
    this.terminals = new Terminals(sandbox, shared, kubectl, data, providers.clock());
    this.workbook =
        new Workbook(
            new Workbook.Parts(
                options.host(),
                options.classCode(),
                LearnerCookie.in(data),
                new Learners(database, providers.clock()),
                new Progress(database, providers.clock()),
                homes,
                new Library(providers.home().resolve("lessons")),
                providers.exercises(),
                providers.checks(),
                clusters,
                new KubectlApply(kubectl, homes),
                terminals));
    this.application = workbook.application();
    this.sweeper.scheduleAtFixedRate(
        terminals::sweep, SWEEP_MINUTES, SWEEP_MINUTES, TimeUnit.MINUTES);
  }

  /// @throws StartException when the port or the data directory cannot be had
  public static WorkbookServer start(ServeOptions options, Providers providers)
      throws StartException {
    FileChannel lock = own(options.dataDirectory());
    try {
      WorkbookServer server = new WorkbookServer(options, providers, lock);
      server.listen(options);
      server.sweeper.schedule(
          () -> server.warmUp(providers), FIRST_PAGE_MILLIS, TimeUnit.MILLISECONDS);
      return server;
    } catch (IOException | JdbiException | FlywayException e) {
      closeQuietly(lock);
      throw unusable(options.dataDirectory(), e);
    }
  }

  private void listen(ServeOptions options) throws StartException {
    try {
      application.start(options.host(), options.port());
    } catch (RuntimeException e) {
      close();
      throw new StartException(
          "Port %d of %s cannot be had; something else uses it."
              .formatted(options.port(), options.host()),
          "Stop that, or choose another port with --port.");
    }
  }

  /// Where it listens; the first page.
  public URI address() {
    String name = Workbook.isLoopback(host) ? host : "localhost";
    String bracketed = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://%s:%d/".formatted(bracketed, application.port()));
  }

  @Override
  public void close() {
    workbook.close();
    application.stop();
    terminals.close();
    clusters.close();
    sweeper.shutdownNow();
    workers.shutdownNow();
    closeQuietly(lock);
  }

  private static void closeQuietly(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest.
    }
  }

  /// Behind the first page, so that it need not wait for any of this.
  private void warmUp(Providers providers) {
    workers.submit(sandbox::get);
    workers.submit(providers.kubectl()::path);
    workers.execute(clusters::warmUp);
    workers.execute(providers.checks()::warmUp);
  }

  /// Makes the data directory ours while the server runs.
  private static FileChannel own(Path data) throws StartException {
    try {
      Files.createDirectories(data);
      FileChannel channel =
          FileChannel.open(
              data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw inUse(data);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      throw inUse(data);
    } catch (IOException e) {
      throw unusable(data, e);
    }
  }

  private static StartException inUse(Path data) {
    return new StartException(
        "Another Drydock uses the data directory %s.".formatted(data),
        "Stop that one, or choose another directory with --data.");
  }

  private static StartException unusable(Path data, Exception why) {
    return new StartException(
        "The data directory %s cannot be used (%s)."
            .formatted(data, why.getClass().getSimpleName()),
        "Make it a folder that you can write, or choose another with --data.");
  }
}
