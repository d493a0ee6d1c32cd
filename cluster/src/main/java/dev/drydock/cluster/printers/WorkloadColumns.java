package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Durations;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The tables of the kinds that run pods.
final class WorkloadColumns {
  static final ImmutableMap<String, ImmutableList<Column>> BY_RESOURCE =
      ImmutableMap.<String, ImmutableList<Column>>builder()
          .put("deployments.apps", deployments())
          .put("replicasets.apps", replicas())
          .put("replicationcontrollers", replicas())
          .put("statefulsets.apps", statefulSets())
          .put("daemonsets.apps", daemonSets())
          .put("jobs.batch", jobs())
          .put("cronjobs.batch", cronJobs())
          .put("scales.autoscaling", scales())
          .put("controllerrevisions.apps", controllerRevisions())
          .put("horizontalpodautoscalers.autoscaling", autoscalers())
          .put("poddisruptionbudgets.policy", disruptionBudgets())
          .build();

  private WorkloadColumns() {}

  static String containers(JsonObject template, String field) {
    return String.join(
        ",", template.array("spec", "containers").objects().map(c -> c.string(field)).toList());
  }

  private static Column containerNames() {
    return Column.of(
            "Containers",
            "Names of each container in the template.",
            (o, _) -> containers(o.object("spec", "template"), "name"))
        .wide();
  }

  private static Column images() {
    return Column.of(
            "Images",
            "Images referenced by each container in the template.",
            (o, _) -> containers(o.object("spec", "template"), "image"))
        .wide();
  }

  private static Column selector() {
    return Column.of(
            "Selector",
            "Label selector for pods.",
            (o, _) -> {
              JsonObject selector = o.object("spec", "selector");
              return selector.has("matchLabels") || selector.has("matchExpressions")
                  ? selectorText(selector)
                  : CoreColumns.labels(o.strings("spec", "selector"));
            })
        .wide();
  }

  /// A label selector as `kubectl get -o wide` shows it. Models metav1.FormatLabelSelector.
  private static String selectorText(JsonObject selector) {
    java.util.List<String> parts = new java.util.ArrayList<>();
    selector.strings("matchLabels").entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(label -> parts.add(label.getKey() + "=" + label.getValue()));
    selector
        .array("matchExpressions")
        .objects()
        .forEach(
            e -> {
              String values = String.join(",", e.array("values").strings().sorted().toList());
              parts.add(
                  switch (e.string("operator")) {
                    case "In" -> e.string("key") + " in (" + values + ")";
                    case "NotIn" -> e.string("key") + " notin (" + values + ")";
                    case "Exists" -> e.string("key");
                    default -> "!" + e.string("key");
                  });
            });
    return parts.isEmpty() ? "<none>" : String.join(",", parts);
  }

  private static Column count(String name, String description, String... path) {
    return Column.integer(name, description, (o, _) -> o.integer(0, path));
  }

  private static ImmutableList<Column> deployments() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Ready",
            "Number of the pod with ready state",
            (d, _) ->
                d.integer(0, "status", "readyReplicas") + "/" + d.integer(0, "spec", "replicas")),
        count("Up-to-date", "Pods of the current template.", "status", "updatedReplicas"),
        count("Available", "Pods ready for long enough.", "status", "availableReplicas"),
        Column.age(),
        containerNames(),
        images(),
        selector());
  }

  private static ImmutableList<Column> replicas() {
    return ImmutableList.of(
        Column.named(),
        count("Desired", "The number of desired pods.", "spec", "replicas"),
        count("Current", "The number of pods there are.", "status", "replicas"),
        count("Ready", "The number of ready pods.", "status", "readyReplicas"),
        Column.age(),
        containerNames(),
        images(),
        selector());
  }

  /// The `scale` of any workload, which is no resource of its own.
  private static ImmutableList<Column> scales() {
    return ImmutableList.of(
        Column.named(),
        count("Desired", "The number of desired pods.", "spec", "replicas"),
        count("Available", "The number of pods there are.", "status", "replicas"),
        Column.age());
  }

  private static ImmutableList<Column> statefulSets() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Ready",
            "Number of the pod with ready state",
            (s, _) ->
                s.integer(0, "status", "readyReplicas") + "/" + s.integer(0, "spec", "replicas")),
        Column.age(),
        containerNames(),
        images());
  }

  private static ImmutableList<Column> daemonSets() {
    return ImmutableList.of(
        Column.named(),
        count("Desired", "Nodes that should run it.", "status", "desiredNumberScheduled"),
        count("Current", "Nodes that run it.", "status", "currentNumberScheduled"),
        count("Ready", "Nodes where it is ready.", "status", "numberReady"),
        count("Up-to-date", "Nodes with the current pod.", "status", "updatedNumberScheduled"),
        count("Available", "Nodes where it is available.", "status", "numberAvailable"),
        Column.of(
            "Node Selector",
            "Where it runs.",
            (d, _) ->
                CoreColumns.labels(d.object("spec", "template").strings("spec", "nodeSelector"))),
        Column.age(),
        containerNames(),
        images(),
        selector());
  }

  private static ImmutableList<Column> jobs() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Status", "Status of the job.", (job, _) -> jobStatus(job)),
        Column.of("Completions", "Completions done and wanted.", (job, _) -> completions(job)),
        Column.of("Duration", "Time required to complete the job.", WorkloadColumns::jobDuration),
        Column.age(),
        containerNames(),
        images(),
        selector());
  }

  private static boolean hasCondition(JsonObject object, String type) {
    return object
        .array("status", "conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }

  private static String jobStatus(JsonObject job) {
    if (hasCondition(job, "Complete")) {
      return "Complete";
    }
    if (hasCondition(job, "Failed")) {
      return "Failed";
    }
    if (job.at("metadata", "deletionTimestamp") != null) {
      return "Terminating";
    }
    if (hasCondition(job, "Suspended")) {
      return "Suspended";
    }
    if (hasCondition(job, "FailureTarget")) {
      return "FailureTarget";
    }
    return hasCondition(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
  }

  private static String completions(JsonObject job) {
    long succeeded = job.integer(0, "status", "succeeded");
    if (job.at("spec", "completions") != null) {
      return succeeded + "/" + job.integer(0, "spec", "completions");
    }
    long parallelism = job.integer(0, "spec", "parallelism");
    return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
  }

  private static String jobDuration(JsonObject job, PrintContext context) {
    Optional<Instant> start = Times.parse(job.string("status", "startTime"));
    if (start.isEmpty()) {
      return "";
    }
    Instant end = Times.parse(job.string("status", "completionTime")).orElse(context.now());
    return Durations.human(Duration.between(start.get(), end));
  }

  private static ImmutableList<Column> cronJobs() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Schedule", "When it runs.", (c, _) -> c.string("spec", "schedule")),
        Column.of(
            "Timezone",
            "The time zone of the schedule.",
            (c, _) -> PodColumns.orNone(c.string("spec", "timeZone"))),
        Column.of(
            "Suspend",
            "Whether it is suspended.",
            (c, _) -> c.bool("spec", "suspend") ? "True" : "False"),
        Column.integer(
            "Active", "Jobs that run now.", (c, _) -> c.array("status", "active").size()),
        Column.of(
            "Last Schedule",
            "When it last ran.",
            (c, context) ->
                c.string("status", "lastScheduleTime").isEmpty()
                    ? "<none>"
                    : context.since(c.string("status", "lastScheduleTime"))),
        Column.age(),
        Column.of(
                "Containers",
                "Names of each container in the template.",
                (c, _) -> containers(c.object("spec", "jobTemplate", "spec", "template"), "name"))
            .wide(),
        Column.of(
                "Images",
                "Images referenced by each container in the template.",
                (c, _) -> containers(c.object("spec", "jobTemplate", "spec", "template"), "image"))
            .wide(),
        Column.of("Selector", "Label selector for pods.", (_, _) -> "<none>").wide());
  }

  private static ImmutableList<Column> controllerRevisions() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Controller",
            "Whose revision it is.",
            (r, _) ->
                r.array("metadata", "ownerReferences")
                    .objects()
                    .filter(owner -> owner.bool("controller"))
                    .map(WorkloadColumns::ownerText)
                    .findFirst()
                    .orElse("<none>")),
        Column.integer("Revision", "Its number.", (r, _) -> r.integer(0, "revision")),
        Column.age());
  }

  private static String ownerText(JsonObject owner) {
    String group = owner.string("apiVersion").replaceAll("/?[^/]*$", "");
    String kind = owner.string("kind").toLowerCase(java.util.Locale.ROOT);
    return (group.isEmpty() ? kind : kind + "." + group) + "/" + owner.string("name");
  }

  private static ImmutableList<Column> autoscalers() {
    return ImmutableList.of(
        Column.named(),
        Column.of(
            "Reference",
            "What is scaled.",
            (h, _) ->
                h.string("spec", "scaleTargetRef", "kind")
                    + "/"
                    + h.string("spec", "scaleTargetRef", "name")),
        Column.of("Targets", "Metrics, current and wanted.", (h, _) -> targets(h)),
        Column.of(
            "MinPods",
            "The least pods.",
            (h, _) ->
                h.at("spec", "minReplicas") == null
                    ? "<unset>"
                    : Long.toString(h.integer(0, "spec", "minReplicas"))),
        Column.integer("MaxPods", "The most pods.", (h, _) -> h.integer(0, "spec", "maxReplicas")),
        Column.integer(
            "Replicas", "Pods now.", (h, _) -> h.integer(0, "status", "currentReplicas")),
        Column.age());
  }

  private static String targets(JsonObject autoscaler) {
    var current = autoscaler.array("status", "currentMetrics").objects().toList();
    java.util.List<String> all = new java.util.ArrayList<>();
    for (JsonObject metric : autoscaler.array("spec", "metrics").objects().toList()) {
      String name = metric.string("resource", "name");
      JsonObject now =
          current.stream()
              .filter(c -> c.string("resource", "name").equals(name))
              .map(c -> c.object("resource", "current"))
              .findFirst()
              .orElse(JsonObject.EMPTY);
      JsonObject target = metric.object("resource", "target");
      boolean utilization = target.string("type").equals("Utilization");
      String wanted =
          utilization
              ? target.integer(0, "averageUtilization") + "%"
              : target.string("averageValue");
      String seen =
          utilization
              ? now.has("averageUtilization") ? now.integer(0, "averageUtilization") + "%" : ""
              : now.string("averageValue");
      all.add(name + ": " + (seen.isEmpty() ? "<unknown>" : seen) + "/" + wanted);
    }
    return all.isEmpty() ? "<none>" : String.join(", ", all);
  }

  private static ImmutableList<Column> disruptionBudgets() {
    return ImmutableList.of(
        Column.named(),
        Column.of("Min Available", "Pods that must stay.", (b, _) -> budget(b, "minAvailable")),
        Column.of("Max Unavailable", "Pods that may go.", (b, _) -> budget(b, "maxUnavailable")),
        Column.integer(
            "Allowed Disruptions",
            "Pods that may go now.",
            (b, _) -> b.integer(0, "status", "disruptionsAllowed")),
        Column.age());
  }

  private static String budget(JsonObject budget, String field) {
    Json value = budget.at("spec", field);
    if (value == null) {
      return "N/A";
    }
    String text = budget.string("spec", field);
    return text.isEmpty() ? Long.toString(budget.integer(0, "spec", field)) : text;
  }
}
