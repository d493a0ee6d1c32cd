package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.ArrayList;
import java.util.List;

/// Gives containers the requests and limits that a namespace has as defaults, and refuses pods and
/// claims that ask for too little or too much.
///
/// Models plugin/pkg/admission/limitranger.
public final class LimitRanger implements AdmissionPlugin {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods") || groupResource.equals("persistentvolumeclaims");
  }

  @Override
  public JsonObject admit(JsonObject object, AdmissionRequest request) {
    if (!request.creates("pods")) {
      return object;
    }
    JsonObject pod = object;
    for (JsonObject range : ranges(request)) {
      pod = withDefaults(pod, range);
    }
    return pod;
  }

  private static List<JsonObject> ranges(AdmissionRequest request) {
    return request.list("limitranges", request.namespace()).toList();
  }

  private static JsonObject withDefaults(JsonObject pod, JsonObject range) {
    JsonObject requests = JsonObject.EMPTY;
    JsonObject limits = JsonObject.EMPTY;
    for (JsonObject limit : range.array("spec", "limits").objects().toList()) {
      if (limit.string("type").equals("Container")) {
        requests = overlaid(requests, limit.object("defaultRequest"));
        limits = overlaid(limits, limit.object("default"));
      }
    }
    List<String> done = new ArrayList<>();
    JsonObject changed = withDefaults(pod, "containers", "container", requests, limits, done);
    changed = withDefaults(changed, "initContainers", "init container", requests, limits, done);
    return done.isEmpty()
        ? pod
        : changed.withAt(
            Json.of("LimitRanger plugin set: " + String.join("; ", done)),
            "metadata",
            "annotations",
            ANNOTATION);
  }

  private static JsonObject overlaid(JsonObject list, JsonObject over) {
    JsonObject.Builder all = list.toBuilder();
    over.fields().forEach(all::put);
    return all.build();
  }

  private static JsonObject withDefaults(
      JsonObject pod,
      String list,
      String word,
      JsonObject requests,
      JsonObject limits,
      List<String> done) {
    JsonArray containers = pod.array("spec", list);
    if (containers.isEmpty()) {
      return pod;
    }
    JsonArray changed =
        containers.map(
            container ->
                container instanceof JsonObject object
                    ? withDefaults(object, word, requests, limits, done)
                    : container);
    return pod.withAt(changed, "spec", list);
  }

  private static JsonObject withDefaults(
      JsonObject container,
      String word,
      JsonObject requests,
      JsonObject limits,
      List<String> done) {
    JsonObject changed = filled(container, "requests", requests, "request for " + word, done);
    return filled(changed, "limits", limits, "limit for " + word, done);
  }

  private static JsonObject filled(
      JsonObject container, String kind, JsonObject defaults, String what, List<String> done) {
    JsonObject given = container.object("resources", kind);
    List<String> set =
        defaults.fields().keySet().stream().filter(name -> !given.has(name)).sorted().toList();
    if (set.isEmpty()) {
      return container;
    }
    JsonObject.Builder all = given.toBuilder();
    set.forEach(name -> all.put(name, defaults.string(name)));
    done.add(String.join(", ", set) + " " + what + " " + container.string("name"));
    return container.withAt(all.build(), "resources", kind);
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    boolean pod = request.resource().groupResource().equals("pods");
    boolean applies =
        request.creates()
            || !pod && request.updates()
            || pod && request.subresource().equals("resize");
    if (!applies || ObjectMeta.isBeingDeleted(object)) {
      return;
    }
    for (JsonObject range : ranges(request)) {
      List<String> problems =
          pod ? LimitConstraints.ofPod(object, range) : LimitConstraints.ofClaim(object, range);
      if (!problems.isEmpty()) {
        throw request.forbidden(
            object,
            problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]");
      }
    }
  }
}
