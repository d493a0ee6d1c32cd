package dev.drydock.cluster.kubelet;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.loop.ComponentContext;
import java.nio.charset.StandardCharsets;

/// The static pods of a node: their manifests lie on the node, the API only shows mirrors of them.
/// Who deletes a mirror deletes an image: it is made anew, and the containers never notice.
///
/// Models pkg/kubelet/config/file.go and pkg/kubelet/pod/mirror_client.go.
final class StaticPods {
  private static final JsonObject TOLERATES_ALL =
      JsonObject.of("effect", Json.of("NoExecute"), "operator", Json.of("Exists"));

  private final NodeRegistration node;
  private final ImmutableList<JsonObject> manifests;

  StaticPods(NodeRegistration node, ImmutableList<JsonObject> manifests) {
    this.node = node;
    this.manifests = manifests;
  }

  /// Makes the mirrors that are missing.
  void mirror(ComponentContext context) {
    for (JsonObject manifest : manifests) {
      if (context.client().get("pods", ObjectMeta.namespace(manifest), name(manifest)).isEmpty()) {
        context.client().create("pods", mirrorOf(manifest, context));
      }
    }
  }

  /// Sees to a mirror that is deleted, or about to be.
  ///
  /// @return whether the event is dealt with and says nothing about the static pod
  boolean keep(WatchEvent event, ComponentContext context) {
    JsonObject pod = event.object();
    boolean ours = manifests.stream().anyMatch(m -> name(m).equals(ObjectMeta.name(pod)));
    if (!ours) {
      return false;
    }
    if (event.type() == WatchEvent.Type.DELETED) {
      mirror(context);
      return true;
    }
    if (ObjectMeta.isBeingDeleted(pod)) {
      context
          .client()
          .delete(
              "pods",
              ObjectMeta.namespace(pod),
              ObjectMeta.name(pod),
              DeleteOptions.NOW.forUid(ObjectMeta.uid(pod)));
      return true;
    }
    return false;
  }

  private String name(JsonObject manifest) {
    return ObjectMeta.name(manifest) + "-" + node.name();
  }

  private JsonObject mirrorOf(JsonObject manifest, ComponentContext context) {
    String hash =
        Hashing.murmur3_128()
            .hashString(
                node.name() + new String(JsonWriter.bytes(manifest), StandardCharsets.UTF_8),
                StandardCharsets.UTF_8)
            .toString();
    JsonObject.Builder annotations = manifest.object("metadata", "annotations").toBuilder();
    annotations.put("kubernetes.io/config.hash", hash);
    annotations.put(PodSpecs.MIRROR, hash);
    annotations.put("kubernetes.io/config.seen", context.now().toString());
    annotations.put("kubernetes.io/config.source", "file");
    return manifest
        .withObject(
            "metadata",
            metadata ->
                metadata
                    .with("name", name(manifest))
                    .with("annotations", annotations.build())
                    .with(
                        "ownerReferences",
                        JsonArray.of(node.owner(context).with("controller", Json.of(true)))))
        .withObject(
            "spec",
            spec ->
                spec.with("nodeName", node.name())
                    .with("tolerations", JsonArray.of(TOLERATES_ALL)));
  }
}
