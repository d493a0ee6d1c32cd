package dev.drydock.grader.cel;

import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.LIST;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.STRINGS;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apimachinery.cel.CelLibrary;
import dev.drydock.cluster.apimachinery.cel.Values;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.evidence.Evidence.HttpAnswer;
import dev.drydock.grader.exercise.ObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an expression may ask the cluster, as members of the variable `cluster`.
final class EvidenceLibrary {
  /// The type of the variable `cluster`, an {@link Evidence}.
  static final CelType CLUSTER = OpaqueType.create("drydock.Cluster");

  private EvidenceLibrary() {}

  static CelLibrary library() {
    OptionalType optional = OptionalType.create(DYN);
    return new CelLibrary()
        .member(
            "get", "cluster_get", optional, a -> get(a), CLUSTER, STRING, STRING, STRING, STRING)
        .member("pod", "cluster_pod", optional, a -> pod(a), CLUSTER, STRING, STRING)
        .member("list", "cluster_list", LIST, a -> list(a), CLUSTER, STRING, STRING, STRING)
        .member("events", "cluster_events", LIST, a -> events(a), CLUSTER, DYN)
        .member("logs", "cluster_logs", STRING, a -> logs(a), CLUSTER, STRING, STRING, STRING)
        .member("exec", "cluster_exec", DYN, a -> exec(a), CLUSTER, STRING, STRING, STRING, STRINGS)
        .member("http", "cluster_http", DYN, a -> http(a), CLUSTER, STRING, STRING, STRING, STRING)
        .member(
            "http", "cluster_http_port", DYN, a -> http(a), CLUSTER, STRING, STRING, INT, STRING);
  }

  private static Evidence evidence(Object[] arguments) {
    return (Evidence) arguments[0];
  }

  private static String text(Object[] arguments, int index) {
    return (String) arguments[index];
  }

  private static Optional<?> get(Object[] a) {
    return evidence(a)
        .get(new ObjectReference(text(a, 1), text(a, 2), text(a, 3), text(a, 4)))
        .map(Values::map);
  }

  private static Optional<?> pod(Object[] a) {
    return evidence(a)
        .get(new ObjectReference("v1", "Pod", text(a, 1), text(a, 2)))
        .map(Values::map);
  }

  private static List<?> list(Object[] a) {
    return values(evidence(a).list(text(a, 1), text(a, 2), text(a, 3)));
  }

  private static List<?> events(Object[] a) {
    Object object = a[1] instanceof Optional<?> optional ? optional.orElse(null) : a[1];
    if (!(object instanceof Map<?, ?> map)) {
      return List.of();
    }
    Object metadata = map.get("metadata");
    Map<?, ?> names = metadata instanceof Map<?, ?> m ? m : Map.of();
    return values(
        evidence(a)
            .events(
                Values.words(map.get("kind")),
                String.valueOf(names.containsKey("namespace") ? names.get("namespace") : ""),
                Values.words(names.get("name"))));
  }

  private static List<?> values(List<JsonObject> objects) {
    return objects.stream().map(Values::map).toList();
  }

  private static String logs(Object[] a) {
    return evidence(a).logs(text(a, 1), text(a, 2), text(a, 3));
  }

  private static Map<String, Object> exec(Object[] a) {
    List<String> command = ((List<?>) a[4]).stream().map(String.class::cast).toList();
    ExecResult result = evidence(a).exec(text(a, 1), text(a, 2), text(a, 3), command);
    return Map.of(
        "exitCode", (long) result.exitCode(), "stdout", result.stdout(), "stderr", result.stderr());
  }

  private static Map<String, Object> http(Object[] a) {
    HttpAnswer answer = evidence(a).http(text(a, 1), text(a, 2), String.valueOf(a[3]), text(a, 4));
    return Map.of("status", (long) answer.status(), "body", answer.body());
  }
}
