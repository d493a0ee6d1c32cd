package dev.drydock.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.Cluster;
import dev.drydock.server.cluster.KubectlApply;
import dev.drydock.server.cluster.LearnerClusters;
import dev.drydock.server.cluster.Yaml;
import dev.drydock.server.exercise.CheckReport;
import dev.drydock.server.exercise.CheckService;
import dev.drydock.server.exercise.ExerciseInfo;
import dev.drydock.server.exercise.Exercises;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.LearnerFiles;
import dev.drydock.server.learner.LearnerHomes;
import dev.drydock.server.learner.Progress;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the pages' scripts ask for: files, Apply, Check, and the cluster's objects.
final class ApiRoutes {
  private static final Set<String> SHOWN_KINDS = Set.of("pods", "nodes");

  private final Sessions sessions;
  private final LearnerHomes homes;
  private final LearnerClusters clusters;
  private final Exercises exercises;
  private final CheckService checks;
  private final Progress progress;
  private final KubectlApply apply;
  private final Workspaces workspaces;

  /// Learners whose work is being checked or applied: one at a time for each.
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  ApiRoutes(
      Sessions sessions,
      LearnerHomes homes,
      LearnerClusters clusters,
      Exercises exercises,
      CheckService checks,
      Progress progress,
      KubectlApply apply,
      Workspaces workspaces) {
    this.sessions = sessions;
    this.homes = homes;
    this.clusters = clusters;
    this.exercises = exercises;
    this.checks = checks;
    this.progress = progress;
    this.apply = apply;
    this.workspaces = workspaces;
  }

  void add(RoutesConfig routes) {
    routes.get("/api/files/<path>", this::readFile);
    routes.put("/api/files/<path>", this::writeFile);
    routes.post("/api/apply", this::apply);
    routes.post("/api/exercises/{chapter}/{exercise}/check", this::check);
    routes.get("/api/cluster/object", this::object);
    routes.post("/api/cluster/reset", this::reset);
  }

  static ExerciseInfo exercise(Exercises exercises, Context context) {
    return exercises
        .find(context.pathParam("chapter") + "/" + context.pathParam("exercise"))
        .orElseThrow(() -> new Refusal(404, "There is no such exercise."));
  }

  private record Kept(String text, String version) {}

  private record Text(String text) {}

  private record Path(String path) {}

  private void readFile(Context context) throws IOException {
    Learner learner = sessions.require(context);
    String path = context.pathParam("path");
    LearnerFiles files = homes.files(learner);
    Optional<ExerciseInfo> exercise = exerciseOf(path);
    if (exercise.isPresent()) {
      workspaces.start(files, exercise.get());
    }
    byte[] content = files.read(path).orElse(new byte[0]);
    answer(
        context,
        new Kept(new String(content, StandardCharsets.UTF_8), LearnerFiles.version(content)));
  }

  private Optional<ExerciseInfo> exerciseOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : exercises.find(path.substring(0, slash));
  }

  private void writeFile(Context context) throws IOException {
    Learner learner = sessions.require(context);
    byte[] content = body(context, Text.class).text().getBytes(StandardCharsets.UTF_8);
    homes.files(learner).write(context.pathParam("path"), content);
    answer(context, Map.of("version", LearnerFiles.version(content)));
  }

  private void apply(Context context) throws Exception {
    Learner learner = sessions.require(context);
    String path = body(context, Path.class).path();
    byte[] content =
        homes
            .files(learner)
            .read(path)
            .orElseThrow(() -> new Refusal(404, "There is no file " + path + " yet."));
    String name = path.substring(path.lastIndexOf('/') + 1);
    clusters.await(learner);
    alone(learner, () -> answer(context, apply.apply(learner, name, content)));
  }

  private void check(Context context) throws Exception {
    Learner learner = sessions.require(context);
    ExerciseInfo exercise = exercise(exercises, context);
    Cluster cluster = clusters.await(learner).cluster();
    LearnerFiles files = homes.files(learner);
    alone(
        learner,
        () -> {
          CheckReport report = checks.check(exercise, cluster, workspaces.files(files, exercise));
          String json = JsonText.of(report);
          progress.attempted(
              learner,
              exercise.id(),
              new Progress.Attempt(report.earned(), report.total(), report.passed(), json));
          context.contentType("application/json").result(json);
        });
  }

  private void object(Context context) throws Exception {
    Learner learner = sessions.require(context);
    String kind = query(context, "kind");
    String namespace = query(context, "namespace");
    if (!SHOWN_KINDS.contains(kind)) {
      throw new Refusal(400, "Objects of this kind are not shown.");
    }
    String within = namespace.isEmpty() ? "" : "namespaces/" + encoded(namespace) + "/";
    String target = "/api/v1/" + within + kind + "/" + encoded(query(context, "name"));
    ApiResponse response = clusters.await(learner).cluster().request(ApiRequest.get(target));
    if (!response.ok()) {
      throw new Refusal(404, response.message());
    }
    answer(context, Map.of("yaml", Yaml.of(response.object())));
  }

  private void reset(Context context) throws Exception {
    Learner learner = sessions.require(context);
    Cluster cluster = clusters.await(learner).cluster();
    alone(learner, cluster::reset);
    answer(context, Map.of());
  }

  private interface Work {
    void run() throws Exception;
  }

  private void alone(Learner learner, Work work) throws Exception {
    if (!busy.add(learner.id())) {
      throw new Refusal(429, "The last one is still running. Wait for it.");
    }
    try {
      work.run();
    } finally {
      busy.remove(learner.id());
    }
  }

  private static <T> T body(Context context, Class<T> type) {
    try {
      T body = JsonText.MAPPER.readValue(context.body(), type);
      if (body == null) {
        throw new Refusal(400, "The request has no content.");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "The request is not what this page sends: " + e.getOriginalMessage());
    }
  }

  private static String query(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("");
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void answer(Context context, Object value) {
    context.contentType("application/json").result(JsonText.of(value));
  }
}
