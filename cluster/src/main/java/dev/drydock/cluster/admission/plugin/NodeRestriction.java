package dev.drydock.cluster.admission.plugin;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Keeps a node's identity to what is the node's: itself, and the pods that run there.
///
/// Models plugin/pkg/admission/noderestriction for pods and nodes; leases, service account tokens
/// and claims are left to authorization.
public final class NodeRestriction implements AdmissionPlugin {
  private static final String PREFIX = "system:node:";
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String RESERVED = "node-restriction.kubernetes.io/";
  private static final ImmutableSet<String> CHANGED_BY_CREATION = ImmutableSet.of("", "status");

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods") || groupResource.equals("nodes");
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    String user = request.user().name();
    if (!user.startsWith(PREFIX) || !request.user().groups().contains("system:nodes")) {
      return;
    }
    String node = user.substring(PREFIX.length());
    if (request.resource().resource().equals("pods")) {
      validatePod(object, node, request);
    } else {
      validateNode(object, node, request);
    }
  }

  private static void validatePod(JsonObject pod, String node, AdmissionRequest request) {
    boolean own = pod.string("spec", "nodeName").equals(node);
    switch (request.operation()) {
      case CREATE -> {
        if (request.creates() && !ObjectMeta.annotations(pod).containsKey(MIRROR)) {
          throw request.forbidden(
              pod,
              "pod does not have \"%s\" annotation, node \"%s\" can only create mirror pods"
                  .formatted(MIRROR, node));
        }
        refuseUnless(own || !request.creates(), "create pods", pod, node, request);
      }
      case UPDATE -> {
        if (!request.subresource().equals("status")) {
          throw request.forbidden(
              pod, "unexpected operation \"UPDATE\" on pods, node can only update pod status");
        }
        refuseUnless(own, "update pod status for pods", pod, node, request);
      }
      case DELETE -> refuseUnless(own, "delete pods", pod, node, request);
      case CONNECT -> {}
    }
  }

  private static void refuseUnless(
      boolean own, String what, JsonObject pod, String node, AdmissionRequest request) {
    if (!own) {
      throw request.forbidden(
          pod, "node \"%s\" can only %s with spec.nodeName set to itself".formatted(node, what));
    }
  }

  private static void validateNode(JsonObject object, String node, AdmissionRequest request) {
    if (!ObjectMeta.name(object).equals(node)) {
      throw request.forbidden(
          object,
          "node \"%s\" is not allowed to modify node \"%s\""
              .formatted(node, ObjectMeta.name(object)));
    }
    JsonObject before = Objects.requireNonNullElse(request.old(), JsonObject.EMPTY);
    if (request.operation() == Operation.DELETE
        || !CHANGED_BY_CREATION.contains(request.subresource())) {
      return;
    }
    ImmutableMap<String, String> labels = ObjectMeta.labels(object);
    ImmutableMap<String, String> old = ObjectMeta.labels(before);
    TreeSet<String> changed = new TreeSet<>();
    Stream.concat(labels.keySet().stream(), old.keySet().stream())
        .filter(label -> label.startsWith(RESERVED))
        .filter(label -> !Objects.equals(labels.get(label), old.get(label)))
        .forEach(changed::add);
    if (!changed.isEmpty()) {
      throw request.forbidden(
          object, "is not allowed to modify labels: " + String.join(", ", changed));
    }
    boolean taints = !object.array("spec", "taints").equals(before.array("spec", "taints"));
    if (request.operation() == Operation.UPDATE && taints) {
      throw request.forbidden(
          object, "node \"%s\" is not allowed to modify taints".formatted(node));
    }
  }
}
