package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.Query;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.cri.ContainerState;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The subresources of a pod that lead into its containers: log, exec, attach, portforward and
/// proxy.
///
/// Models pkg/registry/core/pod/rest and the part of the kubelet's server that answers them.
public final class PodConnections {
  private static final Set<String> POD = Set.of("log", "exec", "attach", "portforward", "proxy");
  private static final Set<String> OTHERS = Set.of("proxy");

  public boolean answers(ApiResource resource, String subresource) {
    return switch (resource.groupResource()) {
      case "pods" -> POD.contains(subresource);
      case "services", "nodes" -> OTHERS.contains(subresource);
      default -> false;
    };
  }

  public Reply connect(ServerRequest request, ResourceStore store) {
    if (store.storageName().equals("nodes")) {
      return NodeProxy.answer(request, store);
    }
    admit(request, store);
    return new Reply.Stream(
        switch (request.info().subresource()) {
          case "log" -> logs(request, pod(request, store));
          case "exec" -> exec(request, pod(request, store), request.info().query().all("command"));
          case "attach" -> exec(request, pod(request, store), ImmutableList.of());
          case "portforward" -> portForward(pod(request, store));
          default -> Proxies.of(request, store);
        });
  }

  /// Reading logs is no connection; all else is asked about.
  private static void admit(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    ApiResource.Subresource how = store.resource().subresource(info.subresource());
    if (how == null || info.subresource().equals("log")) {
      return;
    }
    Query query = info.query();
    JsonObject.Builder wanted =
        JsonObject.builder()
            .put("kind", how.kind().kind())
            .put("apiVersion", how.kind().apiVersion());
    for (String flag : new String[] {"stdin", "stdout", "stderr", "tty"}) {
      if (query.isOn(flag)) {
        wanted.put(flag, true);
      }
    }
    wanted
        .putUnlessEmpty("container", query.get("container"))
        .putUnlessEmpty("command", JsonArray.ofStrings(query.all("command")));
    store.admitConnection(
        ReadHandler.context(request), info.namespace(), info.name(), how, wanted.build());
  }

  private static JsonObject pod(ServerRequest request, ResourceStore store) {
    return store
        .get(ReadHandler.context(request), request.info().namespace(), request.info().name())
        .object();
  }

  private static LongRunning logs(ServerRequest request, JsonObject pod) {
    Query query = request.info().query();
    String name = logContainer(pod, query.get("container"));
    JsonObject status = containerStatus(pod, name);
    boolean previous = query.isOn("previous");
    String id = previous ? previousId(status, pod, name) : currentId(status, pod, name);
    return new LongRunning.Logs(
        id,
        query.isOn("follow"),
        query.isOn("timestamps"),
        query.number("sinceSeconds", -1),
        query.get("sinceTime"),
        query.number("tailLines", -1),
        query.number("limitBytes", -1));
  }

  private static String previousId(JsonObject status, JsonObject pod, String name) {
    String id = status.string("lastState", "terminated", "containerID");
    if (id.isEmpty()) {
      throw StatusException.badRequest(
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(name, ObjectMeta.name(pod)));
    }
    return bare(id);
  }

  private static String currentId(JsonObject status, JsonObject pod, String name) {
    String id = status.string("containerID");
    String reason = status.string("state", "waiting", "reason");
    boolean waiting = status.at("state", "waiting") != null;
    if (waiting && status.at("lastState", "terminated") != null) {
      return bare(status.string("lastState", "terminated", "containerID"));
    }
    if (id.isEmpty() || waiting) {
      throw StatusException.badRequest(
          "container \"%s\" in pod \"%s\" is waiting to start: %s"
              .formatted(
                  name,
                  ObjectMeta.name(pod),
                  reason.isEmpty() ? "ContainerCreating" : waitingText(status, reason)));
    }
    return bare(id);
  }

  private static String waitingText(JsonObject status, String reason) {
    return switch (reason) {
      case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName" ->
          "trying and failing to pull image";
      case "CreateContainerConfigError" -> reason;
      default -> reason;
    };
  }

  private static String bare(String id) {
    return id.replaceFirst("^containerd://", "");
  }

  private static String logContainer(JsonObject pod, String asked) {
    List<String> names = names(pod, "containers").toList();
    if (asked.isEmpty()) {
      if (names.size() == 1) {
        return names.getFirst();
      }
      throw StatusException.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]%s"
              .formatted(ObjectMeta.name(pod), String.join(" ", names), initContainersText(pod)));
    }
    checkContainer(pod, asked);
    return asked;
  }

  private static String initContainersText(JsonObject pod) {
    List<String> init = names(pod, "initContainers").toList();
    return init.isEmpty()
        ? ""
        : " or one of the init containers: [%s]".formatted(String.join(" ", init));
  }

  private static Stream<String> names(JsonObject pod, String list) {
    return pod.array("spec", list).objects().map(container -> container.string("name"));
  }

  private static void checkContainer(JsonObject pod, String name) {
    boolean known =
        Stream.of("containers", "initContainers", "ephemeralContainers")
            .flatMap(list -> names(pod, list))
            .anyMatch(name::equals);
    if (!known) {
      throw StatusException.badRequest(
          "container %s is not valid for pod %s".formatted(name, ObjectMeta.name(pod)));
    }
  }

  private static JsonObject containerStatus(JsonObject pod, String name) {
    return Stream.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")
        .flatMap(list -> pod.array("status", list).objects())
        .filter(status -> status.string("name").equals(name))
        .findFirst()
        .orElse(JsonObject.EMPTY);
  }

  private static LongRunning exec(
      ServerRequest request, JsonObject pod, ImmutableList<String> command) {
    Query query = request.info().query();
    String name = query.get("container");
    if (name.isEmpty()) {
      name = names(pod, "containers").findFirst().orElse("");
    } else {
      checkContainer(pod, name);
    }
    checkAssigned(pod);
    String id = bare(containerStatus(pod, name).string("containerID"));
    boolean running =
        request
            .runtime()
            .containerStatus(id)
            .filter(status -> status.state() instanceof ContainerState.Running)
            .isPresent();
    if (!running) {
      throw StatusException.of(
          dev.drydock.cluster.apimachinery.errors.StatusReason.INTERNAL_ERROR,
          "unable to upgrade connection: container not found (\"%s\")".formatted(name));
    }
    return new LongRunning.Exec(
        id,
        command,
        query.isOn("stdin"),
        query.isOn("stdout"),
        query.isOn("stderr"),
        query.isOn("tty"));
  }

  private static void checkAssigned(JsonObject pod) {
    if (pod.string("spec", "nodeName").isEmpty()) {
      throw StatusException.badRequest(
          "pod %s does not have a host assigned".formatted(ObjectMeta.name(pod)));
    }
  }

  private static LongRunning portForward(JsonObject pod) {
    checkAssigned(pod);
    Optional<String> ip = Optional.of(pod.string("status", "podIP")).filter(t -> !t.isEmpty());
    if (ip.isEmpty()) {
      throw StatusException.badRequest(
          "pod %s does not have an address".formatted(ObjectMeta.name(pod)));
    }
    return new LongRunning.PortForward(ip.get());
  }
}
