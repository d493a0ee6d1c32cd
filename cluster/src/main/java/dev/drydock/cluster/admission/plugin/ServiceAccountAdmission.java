package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import dev.drydock.cluster.storage.ObjectKey;
import java.util.Optional;

/// Gives each pod a service account and mounts its token. Models
/// plugin/pkg/admission/serviceaccount.
public final class ServiceAccountAdmission implements AdmissionPlugin {
  private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String MIRROR_POD = "kubernetes.io/config.mirror";

  private static final JsonObject TOKEN_VOLUME =
      JsonParser.parseTrusted(
          """
          {"projected": {
            "defaultMode": 420,
            "sources": [
              {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
              {"configMap": {
                "name": "kube-root-ca.crt",
                "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
              {"downwardAPI": {"items": [
                {"path": "namespace",
                 "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]}}]}}
          """);

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods");
  }

  @Override
  public JsonObject admit(JsonObject pod, AdmissionRequest request) {
    if (!request.creates("pods")) {
      return pod;
    }
    if (pod.object("metadata", "annotations").has(MIRROR_POD)) {
      refuseAccounts(pod, request);
      return pod;
    }
    String given = pod.string("spec", "serviceAccountName");
    String account = given.isEmpty() ? "default" : given;
    JsonObject serviceAccount =
        request
            .transaction()
            .store()
            .get(new ObjectKey("serviceaccounts", request.namespace(), account))
            .orElseThrow(() -> missing(request, account))
            .object();
    JsonObject named =
        pod.withObject(
            "spec",
            spec -> spec.with("serviceAccountName", account).with("serviceAccount", account));
    JsonArray secrets = serviceAccount.array("imagePullSecrets");
    if (pod.array("spec", "imagePullSecrets").isEmpty() && !secrets.isEmpty()) {
      named = named.withAt(secrets, "spec", "imagePullSecrets");
    }
    return mountsToken(pod, serviceAccount) ? withToken(named, request) : named;
  }

  /// What the kubelet runs by itself has no identity in the cluster.
  private static void refuseAccounts(JsonObject mirror, AdmissionRequest request) {
    if (!mirror.string("spec", "serviceAccountName").isEmpty()) {
      throw request.forbidden(mirror, "a mirror pod may not reference service accounts");
    }
    boolean mountsToken =
        mirror
            .array("spec", "volumes")
            .objects()
            .flatMap(volume -> volume.array("projected", "sources").objects())
            .anyMatch(source -> source.has("serviceAccountToken"));
    if (mountsToken) {
      throw request.forbidden(
          mirror, "a mirror pod may not use ServiceAccountToken volume projections");
    }
  }

  private static StatusException missing(AdmissionRequest request, String account) {
    return StatusException.forbidden(
        new GroupResourceName("", "pods", request.name()),
        "error looking up service account %s/%s: serviceaccount \"%s\" not found"
            .formatted(request.namespace(), account, account));
  }

  private static boolean mountsToken(JsonObject pod, JsonObject serviceAccount) {
    return Optional.ofNullable(pod.at("spec", "automountServiceAccountToken"))
        .or(() -> Optional.ofNullable(serviceAccount.get("automountServiceAccountToken")))
        .map(value -> value.equals(JsonBoolean.TRUE))
        .orElse(true);
  }

  private static JsonObject withToken(JsonObject pod, AdmissionRequest request) {
    String volume = "kube-api-access-" + GeneratedNames.suffix(5, request.transaction().random());
    JsonObject mounted =
        pod.withObject(
            "spec",
            spec -> mountInto(mountInto(spec, "initContainers", volume), "containers", volume));
    if (mounted.equals(pod)) {
      return pod;
    }
    JsonObject source =
        JsonObject.builder()
            .put("name", volume)
            .put("projected", TOKEN_VOLUME.object("projected"))
            .build();
    return mounted.withAt(pod.array("spec", "volumes").plus(source), "spec", "volumes");
  }

  private static JsonObject mountInto(JsonObject spec, String list, String volume) {
    if (spec.array(list).isEmpty()) {
      return spec;
    }
    return spec.with(list, spec.array(list).map(container -> withMount(container, volume)));
  }

  private static Json withMount(Json container, String volume) {
    if (!(container instanceof JsonObject object)
        || object
            .array("volumeMounts")
            .objects()
            .anyMatch(mount -> mount.string("mountPath").equals(MOUNT_PATH))) {
      return container;
    }
    JsonObject mount =
        JsonObject.builder()
            .put("name", volume)
            .put("readOnly", true)
            .put("mountPath", MOUNT_PATH)
            .build();
    return object.with("volumeMounts", object.array("volumeMounts").plus(mount));
  }
}
