package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.controller.leaderelection.ControlPlaneLeases;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The manifests from which a cluster with some options is made, with its names filled in: those of
/// kube-apiserver, kubeadm and kind.
final class Manifests {
  private static final ImmutableList<JsonObject> ROLES = json("rbac-1.36.json", ImmutableMap.of());

  private final ImmutableMap<String, String> names;
  private final ControlPlaneLeases.Place controlPlane;

  Manifests(ClusterOptions options) {
    controlPlane = place(options);
    names =
        ImmutableMap.of(
            "@cluster@", options.name(),
            "@node@", controlPlane.node(),
            "@address@", controlPlane.address(),
            "@birth@", options.birth().toString(),
            "@date@", options.birth().toString().substring(0, 10),
            "@tomorrow@", options.birth().plus(Duration.ofDays(1)).toString());
  }

  /// The first node of the control plane.
  static ControlPlaneLeases.Place place(ClusterOptions options) {
    ImmutableList<NodeOptions> nodes = options.nodes();
    int index = Math.max(0, Iterables.indexOf(nodes, NodeOptions::controlPlane));
    return new ControlPlaneLeases.Place(nodes.get(index).name(), Components.address(index));
  }

  ControlPlaneLeases.Place controlPlane() {
    return controlPlane;
  }

  /// What is created through the API, in order.
  Stream<JsonObject> objects() {
    return Stream.of(
            yaml("bootstrap.yaml", names),
            ROLES,
            json("kubeadm-1.36.json", names),
            yaml("kind.yaml", names))
        .flatMap(ImmutableList::stream);
  }

  /// What lies in `/etc/kubernetes/manifests` of the control plane's node.
  ImmutableList<JsonObject> staticPods() {
    return json("static-pods-1.36.json", names);
  }

  private static ImmutableList<JsonObject> yaml(String resource, Map<String, String> names) {
    try {
      return YamlParser.parseAll(bytes(resource, names)).stream()
          .map(YamlDocument::root)
          .map(JsonObject.class::cast)
          .collect(ImmutableList.toImmutableList());
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("not what it should be: " + resource, e);
    }
  }

  private static ImmutableList<JsonObject> json(String resource, Map<String, String> names) {
    try {
      return ((JsonObject) JsonParser.parse(bytes(resource, names)))
          .array("items")
          .objects()
          .collect(ImmutableList.toImmutableList());
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("not what it should be: " + resource, e);
    }
  }

  private static byte[] bytes(String resource, Map<String, String> names) {
    try (InputStream in = Manifests.class.getResourceAsStream(resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> name : names.entrySet()) {
        text = text.replace(name.getKey(), name.getValue());
      }
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
