package dev.drydock.cluster.admission.plugin.podsecurity;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.admission.plugin.podsecurity.Check.Violation;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.List;
import java.util.Optional;

/// Holds pods to the pod security standards that their namespace's labels ask for, and warns of
/// what would be refused.
///
/// Models pod-security-admission/admission. Nothing is exempt, and audit annotations are not kept.
public final class PodSecurity implements AdmissionPlugin {
  private static final ImmutableSet<String> TEMPLATED =
      ImmutableSet.of(
          "replicationcontrollers",
          "podtemplates",
          "replicasets.apps",
          "deployments.apps",
          "statefulsets.apps",
          "daemonsets.apps",
          "jobs.batch",
          "cronjobs.batch");

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("namespaces")
        || groupResource.equals("pods")
        || TEMPLATED.contains(groupResource);
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    if (request.operation() == Operation.DELETE) {
      return;
    }
    switch (request.resource().groupResource()) {
      case "namespaces" -> validateNamespace(object, request);
      case "pods" -> validatePod(object, request);
      default -> validateTemplate(object, request);
    }
  }

  private static void validateNamespace(JsonObject namespace, AdmissionRequest request) {
    if (!request.subresource().isEmpty()) {
      return;
    }
    JsonObject before = request.old();
    if (before != null && ObjectMeta.labels(before).equals(ObjectMeta.labels(namespace))) {
      return;
    }
    Policy policy = Policy.of(namespace);
    Optional<Policy> old = Optional.ofNullable(before).map(Policy::of);
    boolean newlyWrong =
        !policy.errors().isEmpty()
            && !old.map(known -> known.errors().list().equals(policy.errors().list()))
                .orElse(false);
    if (newlyWrong) {
      throw StatusException.invalid(
          new GroupResourceName("", "Namespace", ObjectMeta.name(namespace)),
          policy.errors().list());
    }
    boolean stricter =
        old.filter(known -> !known.enforce().equals(policy.enforce()))
            .filter(
                known ->
                    !known.enforce().version().equals(policy.enforce().version())
                        || policy.enforce().level().compareTo(known.enforce().level()) > 0)
            .isPresent();
    if (stricter && policy.enforce().level() != Level.PRIVILEGED) {
      ExistingPods.warnings(ObjectMeta.name(namespace), policy.enforce(), request)
          .forEach(request.warnings());
    }
  }

  private static void validatePod(JsonObject pod, AdmissionRequest request) {
    boolean looked =
        switch (request.subresource()) {
          case "", "ephemeralcontainers", "resize" -> true;
          default -> false;
        };
    JsonObject old = request.old();
    if (!looked || old != null && !SignificantUpdate.of(pod, old)) {
      return;
    }
    Policy policy = policy(request);
    if (policy.isPrivileged()) {
      return;
    }
    List<Violation> violations = Standards.violations(policy.enforce(), pod);
    if (!violations.isEmpty()) {
      throw request.forbidden(
          pod,
          "violates PodSecurity \"%s\": %s"
              .formatted(policy.enforce(), Standards.details(violations)));
    }
    warn(policy, pod, request);
  }

  private static Policy policy(AdmissionRequest request) {
    return Policy.of(request.find("namespaces", "", request.namespace()).orElse(JsonObject.EMPTY));
  }

  private static void warn(Policy policy, JsonObject pod, AdmissionRequest request) {
    List<Violation> violations = Standards.violations(policy.warn(), pod);
    if (!violations.isEmpty()) {
      request
          .warnings()
          .accept(
              "would violate PodSecurity \"%s\": %s"
                  .formatted(policy.warn(), Standards.details(violations)));
    }
  }

  private static void validateTemplate(JsonObject object, AdmissionRequest request) {
    if (!request.subresource().isEmpty()) {
      return;
    }
    Policy policy = policy(request);
    if (policy.asksNothingOfTemplates()) {
      return;
    }
    JsonObject template =
        switch (request.resource().groupResource()) {
          case "podtemplates" -> object.object("template");
          case "cronjobs.batch" -> object.object("spec", "jobTemplate", "spec", "template");
          default -> object.object("spec", "template");
        };
    if (!template.isEmpty()) {
      warn(policy, template, request);
    }
  }

  /// Whether an update of a pod changes what the standards look at: its containers and their
  /// images.
  private static final class SignificantUpdate {
    static boolean of(JsonObject pod, JsonObject old) {
      return !images(pod).equals(images(old));
    }

    private static List<String> images(JsonObject pod) {
      JsonObject spec = pod.object("spec");
      return List.of(
          images(spec.array("initContainers")),
          images(spec.array("containers")),
          images(spec.array("ephemeralContainers")));
    }

    private static String images(JsonArray containers) {
      return String.join(
          "\n",
          containers
              .objects()
              .map(container -> container.string("name") + " " + container.string("image"))
              .toList());
    }
  }
}
