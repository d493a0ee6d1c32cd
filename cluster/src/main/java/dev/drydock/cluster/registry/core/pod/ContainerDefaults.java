package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.image.ImageReference;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.rest.Defaulting;

/// What a container gets that its manifest leaves out.
///
/// Models SetDefaults_Container, SetDefaults_Probe and their neighbours in
/// pkg/apis/core/v1/defaults.go.
final class ContainerDefaults {
  private ContainerDefaults() {}

  static JsonObject of(JsonObject container) {
    JsonObject set =
        Defaulting.value(container, "imagePullPolicy", pullPolicy(container.string("image")));
    set = Defaulting.value(set, "terminationMessagePath", "/dev/termination-log");
    set = Defaulting.value(set, "terminationMessagePolicy", "File");
    set = Defaulting.pointer(set, "resources", JsonObject.EMPTY);
    set = Defaulting.within(set, "resources", ContainerDefaults::canonicalResources);
    set = Defaulting.each(set, "ports", port -> Defaulting.value(port, "protocol", "TCP"));
    set = Defaulting.each(set, "env", ContainerDefaults::environment);
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      set = Defaulting.within(set, probe, ContainerDefaults::probe);
    }
    return Defaulting.within(set, "lifecycle", ContainerDefaults::lifecycle);
  }

  /// Images that may change under their name are pulled each time.
  static String pullPolicy(String image) {
    return ImageReference.parse(image).tag().equals("latest") ? "Always" : "IfNotPresent";
  }

  private static JsonObject environment(JsonObject variable) {
    return Defaulting.within(
        variable,
        "valueFrom",
        source ->
            Defaulting.within(
                Defaulting.within(source, "fieldRef", ContainerDefaults::fieldRef),
                "fileKeyRef",
                file -> Defaulting.pointer(file, "optional", Json.of(false))));
  }

  static JsonObject canonicalResources(JsonObject resources) {
    return Defaulting.within(
        Defaulting.within(resources, "limits", Quantities::canonical),
        "requests",
        Quantities::canonical);
  }

  static JsonObject fieldRef(JsonObject selector) {
    return Defaulting.value(selector, "apiVersion", "v1");
  }

  private static JsonObject probe(JsonObject probe) {
    JsonObject set = handler(probe);
    set = Defaulting.number(set, "timeoutSeconds", 1);
    set = Defaulting.number(set, "periodSeconds", 10);
    set = Defaulting.number(set, "successThreshold", 1);
    return Defaulting.number(set, "failureThreshold", 3);
  }

  private static JsonObject lifecycle(JsonObject lifecycle) {
    return Defaulting.within(
        Defaulting.within(lifecycle, "postStart", ContainerDefaults::handler),
        "preStop",
        ContainerDefaults::handler);
  }

  private static JsonObject handler(JsonObject handler) {
    JsonObject set =
        Defaulting.within(
            handler,
            "httpGet",
            get -> Defaulting.value(Defaulting.value(get, "path", "/"), "scheme", Json.of("HTTP")));
    return Defaulting.within(set, "grpc", grpc -> Defaulting.pointer(grpc, "service", Json.of("")));
  }
}
