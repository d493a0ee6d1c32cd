package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apiserver.handlers.Selectors;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.cri.Usage;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.printers.Printers;
import dev.drydock.cluster.printers.TableGenerator;
import dev.drydock.cluster.printers.TableGenerator.Include;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.StoredObject;
import dev.drydock.cluster.storage.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What pods and nodes use: asked for, but not stored. Models metrics-server's API.
final class Metrics {
  /// What a node uses besides its pods: kubelet and container runtime.
  private static final long NODE_CPU_NANOS = 45_000_000L;

  private static final long NODE_MEMORY_BYTES = 380L << 20;

  private Metrics() {}

  static boolean answers(ApiResource resource) {
    return resource.groupVersion().group().equals("metrics.k8s.io");
  }

  static Reply answer(ServerRequest request, ResourceStore store) {
    boolean nodes = store.resource().plural().equals("nodes");
    return switch (request.info().verb()) {
      case "get" -> single(request, store, nodes);
      case "list" -> list(request, store, nodes);
      default -> throw StatusException.methodNotAllowed();
    };
  }

  private static Reply single(ServerRequest request, ResourceStore store, boolean nodes) {
    String namespace = request.info().namespace();
    String name = request.info().name();
    JsonObject metrics =
        request
            .transaction()
            .store()
            .get(new ObjectKey(nodes ? "nodes" : "pods", namespace, name))
            .flatMap(stored -> of(stored.object(), View.of(request), nodes))
            .orElseThrow(
                () ->
                    StatusException.notFound(
                        new GroupResourceName(
                            "metrics.k8s.io",
                            nodes ? "nodemetrics" : "podmetrics",
                            nodes ? name : namespace + "/" + name)));
    return request.wantsTable()
        ? table(request, store, List.of(metrics))
        : new Reply.Single(200, metrics);
  }

  private static Reply list(ServerRequest request, ResourceStore store, boolean nodes) {
    Selectors selectors = Selectors.of(request.info().query(), store);
    List<JsonObject> all =
        request
            .transaction()
            .store()
            .list(nodes ? "nodes" : "pods", nodes ? "" : request.info().namespace())
            .map(StoredObject::object)
            .filter(object -> selectors.labels().matches(ObjectMeta.labels(object)))
            .filter(
                object ->
                    selectors
                        .fields()
                        .matches(
                            ImmutableMap.of(
                                "metadata.name",
                                ObjectMeta.name(object),
                                "metadata.namespace",
                                ObjectMeta.namespace(object))))
            .flatMap(object -> of(object, View.of(request), nodes).stream())
            .toList();
    return request.wantsTable()
        ? table(request, store, all)
        : new Reply.Single(
            200,
            JsonObject.builder()
                .put("kind", nodes ? "NodeMetricsList" : "PodMetricsList")
                .put("apiVersion", "metrics.k8s.io/v1beta1")
                .put("metadata", JsonObject.EMPTY)
                .put("items", JsonArray.copyOf(all))
                .build());
  }

  private static Reply table(ServerRequest request, ResourceStore store, List<JsonObject> all) {
    return new Reply.Single(
        200,
        TableGenerator.table(
            Printers.columns(store.resource().groupResource()),
            all,
            metrics -> metrics,
            JsonObject.EMPTY,
            Include.of(request.info().query().get("includeObject")),
            true,
            new PrintContext(request.transaction().now())));
  }

  /// Where the answers come from.
  private record View(Transaction transaction, ContainerRuntime runtime) {
    static View of(ServerRequest request) {
      return new View(request.transaction(), request.runtime());
    }
  }

  /// The usage of the pods of a namespace, for components.
  static List<JsonObject> ofPods(
      String namespace, Transaction transaction, ContainerRuntime runtime) {
    View view = new View(transaction, runtime);
    return transaction
        .store()
        .list("pods", namespace)
        .flatMap(stored -> pod(stored.object(), view).stream())
        .toList();
  }

  private static Optional<JsonObject> of(JsonObject object, View view, boolean nodes) {
    return nodes ? node(object, view) : pod(object, view);
  }

  /// The usage of a container by its status; empty when it does not run or has hardly begun to.
  private static Optional<Usage> usage(JsonObject status, ContainerRuntime runtime) {
    return runtime.usage().of(status.string("containerID").replace("containerd://", ""));
  }

  private static Stream<JsonObject> statuses(JsonObject pod) {
    return Stream.of("containerStatuses", "initContainerStatuses")
        .flatMap(list -> pod.array("status", list).objects())
        .filter(status -> status.at("state", "running") != null);
  }

  private static Optional<JsonObject> pod(JsonObject pod, View view) {
    List<JsonObject> containers = new ArrayList<>();
    Usage latest = null;
    for (JsonObject status : statuses(pod).toList()) {
      Optional<Usage> usage = usage(status, view.runtime());
      if (usage.isEmpty()) {
        return Optional.empty();
      }
      latest = usage.get();
      containers.add(
          JsonObject.of(
              "name",
              Json.of(status.string("name")),
              "usage",
              usage(latest.cpuNanos(), latest.memoryBytes())));
    }
    return Optional.ofNullable(latest)
        .map(
            usage ->
                metrics("PodMetrics", pod, usage, view)
                    .put("containers", JsonArray.copyOf(containers))
                    .build());
  }

  private static Optional<JsonObject> node(JsonObject node, View view) {
    List<Usage> usages =
        view.transaction()
            .store()
            .list("pods", "")
            .map(StoredObject::object)
            .filter(pod -> pod.string("spec", "nodeName").equals(ObjectMeta.name(node)))
            .flatMap(Metrics::statuses)
            .flatMap(status -> usage(status, view.runtime()).stream())
            .toList();
    long capacity =
        Quantity.parse(node.string("status", "capacity", "cpu")).milliValue() * 1_000_000;
    long cpu = NODE_CPU_NANOS + usages.stream().mapToLong(Usage::cpuNanos).sum();
    long memory = NODE_MEMORY_BYTES + usages.stream().mapToLong(Usage::memoryBytes).sum();
    return usages.stream()
        .max(Comparator.comparing(Usage::at))
        .filter(_ -> isReady(node))
        .map(
            usage ->
                metrics("NodeMetrics", node, usage, view)
                    .put("usage", usage(Math.min(cpu, capacity), memory))
                    .build());
  }

  /// The kubelet of a node that is not ready does not answer.
  private static boolean isReady(JsonObject node) {
    return node.array("status", "conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals("Ready") && c.string("status").equals("True"));
  }

  private static JsonObject usage(long cpuNanos, long memoryBytes) {
    return JsonObject.of(
        "cpu", Json.of(cpuNanos + "n"), "memory", Json.of(memoryBytes / 1024 + "Ki"));
  }

  private static JsonObject.Builder metrics(
      String kind, JsonObject object, Usage usage, View view) {
    return JsonObject.builder()
        .put("kind", kind)
        .put("apiVersion", "metrics.k8s.io/v1beta1")
        .put(
            "metadata",
            JsonObject.builder()
                .put("name", ObjectMeta.name(object))
                .putUnlessEmpty("namespace", ObjectMeta.namespace(object))
                .put("creationTimestamp", Times.seconds(view.transaction().now()))
                .putUnlessEmpty("labels", object.object("metadata", "labels"))
                .build())
        .put("timestamp", Times.seconds(usage.at()))
        .put("window", usage.window().toMillis() / 1000.0 + "s");
  }
}
