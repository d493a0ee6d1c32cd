package dev.drydock.cluster.admission.plugin.podsecurity;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A pod as the checks look at it, and the words in which they speak of its parts.
///
/// @param containers init containers first, then containers, then ephemeral ones
record PodView(JsonObject metadata, JsonObject spec, ImmutableList<JsonObject> containers) {

  /// @param pod a pod, or a template of one
  static PodView of(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    return new PodView(
        pod.object("metadata"),
        spec,
        Stream.of("initContainers", "containers", "ephemeralContainers")
            .flatMap(list -> spec.array(list).objects())
            .collect(ImmutableList.toImmutableList()));
  }

  boolean isForWindows() {
    return spec.string("os", "name").equals("windows");
  }

  /// Whether its root is not the node's root.
  boolean hasUserNamespace() {
    return JsonBoolean.FALSE.equals(spec.get("hostUsers"));
  }

  JsonObject security() {
    return spec.object("securityContext");
  }

  static JsonObject security(JsonObject container) {
    return container.object("securityContext");
  }

  /// The names of the containers that something is true of.
  List<String> containersThat(Predicate<JsonObject> holds) {
    return containers.stream().filter(holds).map(container -> container.string("name")).toList();
  }

  /// `container "a"`, or `containers "a", "b"`.
  static String containers(List<String> names) {
    return plural("container", names.size()) + " " + quoted(names);
  }

  static String plural(String word, int count) {
    return count == 1 ? word : word + "s";
  }

  static String uses(int count) {
    return count == 1 ? "uses" : "use";
  }

  static String quoted(Iterable<String> names) {
    ImmutableList<String> all = ImmutableList.copyOf(names);
    return all.isEmpty() ? "" : all.stream().collect(Collectors.joining("\", \"", "\"", "\""));
  }

  /// Who set something: `pod and container "a"`; empty when nobody did.
  String setters(Predicate<JsonObject> holds) {
    List<String> setters = new ArrayList<>();
    if (holds.test(security())) {
      setters.add("pod");
    }
    List<String> bad = containersThat(container -> holds.test(security(container)));
    if (!bad.isEmpty()) {
      setters.add(containers(bad));
    }
    return String.join(" and ", setters);
  }

  /// What the pod and its containers set, where it is bad, in order.
  Set<String> values(Predicate<JsonObject> holds, Function<JsonObject, String> value) {
    return Stream.concat(Stream.of(security()), containers.stream().map(PodView::security))
        .filter(holds)
        .map(value)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
