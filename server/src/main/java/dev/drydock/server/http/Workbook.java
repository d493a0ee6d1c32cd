package dev.drydock.server.http;

import com.google.common.collect.ImmutableMap;
import dev.drydock.server.cluster.KubectlApply;
import dev.drydock.server.cluster.LearnerClusters;
import dev.drydock.server.content.ContentException;
import dev.drydock.server.content.LessonRenderer;
import dev.drydock.server.content.Library;
import dev.drydock.server.exercise.CheckService;
import dev.drydock.server.exercise.ExerciseInfo;
import dev.drydock.server.exercise.Exercises;
import dev.drydock.server.kubectl.KubectlException;
import dev.drydock.server.learner.LearnerCookie;
import dev.drydock.server.learner.LearnerFiles;
import dev.drydock.server.learner.LearnerHomes;
import dev.drydock.server.learner.Learners;
import dev.drydock.server.learner.Progress;
import dev.drydock.server.terminal.Terminals;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workbook as a Javalin application: its parts, and how requests reach them.
public final class Workbook implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workbook.class);
  private static final long REQUEST_BYTES_MAX = LearnerFiles.FILE_BYTES_MAX * 2L;
  private static final long SOCKET_MESSAGE_BYTES_MAX = 128 << 10;
  private static final Duration SOCKET_IDLE_MAX = Duration.ofMinutes(5);

  private final Guard guard;
  private final Sessions sessions;
  private final PageRoutes pages;
  private final ApiRoutes api;
  private final PictureStream pictures;
  private final TerminalSocket terminal;

  /// All that a workbook is made of.
  ///
  /// @param host that it is to listen on
  /// @param classCode null when there is one learner
  public record Parts(
      String host,
      @Nullable String classCode,
      LearnerCookie cookie,
      Learners learners,
      Progress progress,
      LearnerHomes homes,
      Library library,
      Exercises exercises,
      CheckService checks,
      LearnerClusters clusters,
      KubectlApply apply,
      Terminals terminals) {}

  /// Whether only this machine can reach a server that listens there.
  public static boolean isLoopback(String host) {
    return Guard.isLoopback(host);
  }

  public Workbook(Parts parts) {
    this.guard = new Guard(parts.host);
    this.sessions = new Sessions(parts.cookie, parts.learners, parts.classCode);
    Workspaces workspaces = new Workspaces(parts.library, parts.exercises);
    LessonRenderer renderer =
        new LessonRenderer(parts.library, id -> parts.exercises.find(id).map(ExerciseInfo::title));
    this.pages =
        new PageRoutes(
            new Assets(), sessions, parts.library, renderer, parts.exercises, parts.progress);
    this.api =
        new ApiRoutes(
            sessions,
            parts.homes,
            parts.clusters,
            parts.exercises,
            parts.checks,
            parts.progress,
            parts.apply,
            workspaces);
    this.pictures = new PictureStream(sessions, parts.clusters);
    this.terminal =
        new TerminalSocket(sessions, parts.homes, parts.clusters, parts.terminals, workspaces);
  }

  /// Ends what would go on for as long as a page is open.
  @Override
  public void close() {
    pictures.close();
  }

  /// The application, not yet started.
  public Javalin application() {
    return Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = REQUEST_BYTES_MAX;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyWebSocketServletFactory(
        sockets -> {
          sockets.setMaxTextMessageSize(SOCKET_MESSAGE_BYTES_MAX);
          sockets.setIdleTimeout(SOCKET_IDLE_MAX);
        });
    routes(config.routes);
  }

  private void routes(RoutesConfig routes) {
    routes.before(
        context -> {
          guard.protect(context);
          guard.admit(context);
        });
    routes.before("/api/*", sessions::require);
    routes.wsBeforeUpgrade(
        context -> {
          guard.admit(context);
          context.attribute(TerminalSocket.LEARNER, sessions.require(context));
        });
    routes.ws("/api/terminal", terminal::configure);
    routes.get("/api/cluster/stream", pictures::show);
    pages.add(routes);
    api.add(routes);
    exceptions(routes);
  }

  private void exceptions(RoutesConfig routes) {
    routes.exception(Refusal.class, (e, context) -> answer(context, e.status(), e.getMessage()));
    routes.exception(
        LearnerFiles.RefusedException.class, (e, context) -> answer(context, 400, e.getMessage()));
    routes.exception(
        LearnerClusters.UnavailableException.class,
        (e, context) -> answer(context, 503, e.getMessage()));
    routes.exception(
        KubectlException.class,
        (e, context) -> answer(context, 503, e.getMessage() + " " + e.next()));
    routes.exception(
        ContentException.class,
        (e, context) -> {
          log.error("A lesson cannot be shown: {}", e.getMessage());
          answer(context, 500, "This page is written wrongly: " + e.getMessage());
        });
    routes.exception(
        HttpResponseException.class,
        (e, context) ->
            answer(
                context,
                e.getStatus(),
                e.getStatus() == 404
                    ? "There is no such page."
                    : e.getStatus() == 413
                        ? "This is too large to be kept."
                        : String.valueOf(e.getMessage())));
    routes.exception(
        Exception.class,
        (e, context) -> {
          log.error("{} {} failed", context.method().name(), context.path(), e);
          answer(context, 500, "Something of ours broke. Your work is kept; try again.");
        });
  }

  /// A sentence, as a page or as JSON for the pages' scripts.
  private void answer(Context context, int status, @Nullable String sentence) {
    String said = String.valueOf(sentence);
    context.status(status);
    if (context.path().startsWith("/api/")) {
      context.contentType("application/json").result(JsonText.of(ImmutableMap.of("message", said)));
    } else {
      context.html(pages.message(status == 404 ? "Not found" : "This did not work", said));
    }
  }
}
