package dev.drydock.cluster.kubelet.kuberuntime;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.cri.ContainerConfig;
import dev.drydock.cluster.cri.CriException;
import dev.drydock.cluster.cri.VolumeMount;
import dev.drydock.cluster.kubelet.ContainerRecord;
import dev.drydock.cluster.kubelet.DownwardApi;
import dev.drydock.cluster.kubelet.NodeRegistration;
import dev.drydock.cluster.kubelet.PodRecord;
import dev.drydock.cluster.kubelet.images.ImageManager;
import dev.drydock.cluster.kubelet.kuberuntime.Environment.ConfigException;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts one container of a pod: image, configuration, creation, start. Models
/// kuberuntime_container.startContainer.
public final class ContainerStarter {
  private final NodeRegistration node;
  private final JsonObject pod;
  private final PodRecord record;
  private final ComponentContext context;
  private final EventRecorder events;
  private final EventRecorder.Subject subject;

  public ContainerStarter(
      NodeRegistration node,
      JsonObject pod,
      PodRecord record,
      ComponentContext context,
      EventRecorder events,
      EventRecorder.Subject subject) {
    this.node = node;
    this.pod = pod;
    this.record = record;
    this.context = context;
    this.events = events;
    this.subject = subject;
  }

  /// How a start went.
  ///
  /// @param created whether a container was made
  /// @param failed whether something failed that is tried again later
  /// @param again when something under way (a pull) is to be looked at again
  public record Outcome(
      ContainerRecord container, boolean created, boolean failed, Optional<Duration> again) {
    static Outcome waiting(ContainerRecord container, Duration again) {
      return new Outcome(container, false, false, Optional.of(again));
    }

    static Outcome failed(ContainerRecord container) {
      return new Outcome(container, false, true, Optional.empty());
    }
  }

  public Outcome start(JsonObject container, ContainerRecord known) {
    ImageManager.Result image =
        new ImageManager(node.name(), context, events, subject).ensure(container, known.pull());
    return switch (image) {
      case ImageManager.Present() -> create(container, known);
      case ImageManager.Underway(var pull, Duration left) ->
          Outcome.waiting(known.with(pull), left);
      case ImageManager.Failed(var pull, String reason, String message) ->
          Outcome.failed(known.with(pull).waiting(reason, message));
    };
  }

  private Outcome create(JsonObject container, ContainerRecord known) {
    ContainerConfig config;
    try {
      config = config(container, known.restarts());
    } catch (ConfigException e) {
      return refused(known, "CreateContainerConfigError", String.valueOf(e.getMessage()));
    }
    String id;
    try {
      id = context.runtime().createContainer(record.sandboxId(), config);
    } catch (CriException e) {
      return refused(known, "CreateContainerError", String.valueOf(e.getMessage()));
    }
    events.normal(subject, "Created", "Container created");
    ContainerRecord started = known.started(id);
    try {
      context.runtime().startContainer(id);
    } catch (CriException e) {
      events.warning(subject, "Failed", "Error: " + e.getMessage());
      return new Outcome(
          started.waiting("RunContainerError", String.valueOf(e.getMessage())),
          true,
          true,
          Optional.empty());
    }
    events.normal(subject, "Started", "Container started");
    return new Outcome(started, true, false, Optional.empty());
  }

  private Outcome refused(ContainerRecord known, String reason, String message) {
    events.warning(subject, "Failed", "Error: " + message);
    return Outcome.failed(known.waiting(reason, message));
  }

  private ContainerConfig config(JsonObject container, int attempt) throws ConfigException {
    DownwardApi downwardApi = new DownwardApi(pod, record.ip(), node.address(), node.allocatable());
    ImmutableMap<String, String> env =
        new Environment(context.client(), pod, downwardApi).of(container);
    return new ContainerConfig(
        container.string("name"),
        attempt,
        container.string("image"),
        expanded(container, "command", env),
        expanded(container, "args", env),
        env,
        container.string("workingDir"),
        mounts(container, env),
        user(container),
        container.bool("securityContext", "readOnlyRootFilesystem"),
        container.bool("tty"),
        container.bool("stdin"),
        limit(container, "memory").map(Quantity::value).orElse(0L),
        limit(container, "cpu").map(q -> (int) q.milliValue()).orElse(0));
  }

  private static ImmutableList<String> expanded(
      JsonObject container, String field, Map<String, String> env) {
    return container
        .array(field)
        .strings()
        .map(word -> Expansion.expand(word, env))
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<VolumeMount> mounts(JsonObject container, Map<String, String> env) {
    List<VolumeMount> mounts =
        container
            .array("volumeMounts")
            .objects()
            .map(
                mount -> {
                  String expression = mount.string("subPathExpr");
                  return new VolumeMount(
                      record.volumeId(mount.string("name")),
                      mount.string("mountPath"),
                      expression.isEmpty()
                          ? mount.string("subPath")
                          : Expansion.expand(expression, env),
                      mount.bool("readOnly") || isReadOnly(mount.string("name")));
                })
            .toList();
    return ImmutableList.copyOf(mounts);
  }

  /// Volumes that Kubernetes fills are always mounted read-only, others if they say so.
  private boolean isReadOnly(String volume) {
    return pod.array("spec", "volumes")
        .objects()
        .filter(candidate -> candidate.string("name").equals(volume))
        .anyMatch(
            v ->
                v.has("configMap")
                    || v.has("secret")
                    || v.has("projected")
                    || v.has("downwardAPI")
                    || v.bool("persistentVolumeClaim", "readOnly")
                    || v.bool("nfs", "readOnly"));
  }

  private @Nullable String user(JsonObject container) {
    for (JsonObject securityContext :
        List.of(container.object("securityContext"), pod.object("spec", "securityContext"))) {
      if (securityContext.get("runAsUser") instanceof JsonNumber number) {
        long group = securityContext.integer(0, "runAsGroup");
        return number.longValue() + ":" + group;
      }
    }
    return null;
  }

  private static Optional<Quantity> limit(JsonObject container, String resource) {
    return container.object("resources").optionalString("limits", resource).map(Quantity::parse);
  }
}
