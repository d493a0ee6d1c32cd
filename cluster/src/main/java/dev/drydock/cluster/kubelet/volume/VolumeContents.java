package dev.drydock.cluster.kubelet.volume;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.cri.VolumeService.VolumeFile;
import dev.drydock.cluster.kubelet.DownwardApi;
import dev.drydock.cluster.kubelet.volume.VolumeManager.MountException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The files of volumes that Kubernetes fills: configMap, secret, downwardAPI and projections of
/// them.
///
/// Models pkg/volume/{configmap,secret,downwardapi,projected}.
final class VolumeContents {
  private static final int MODE_DEFAULT = 0644;

  private final JsonObject pod;
  private final Client client;
  private final DownwardApi downwardApi;

  VolumeContents(JsonObject pod, Client client, DownwardApi downwardApi) {
    this.pod = pod;
    this.client = client;
    this.downwardApi = downwardApi;
  }

  boolean fills(JsonObject volume) {
    return volume.has("configMap")
        || volume.has("secret")
        || volume.has("downwardAPI")
        || volume.has("projected");
  }

  Map<String, VolumeFile> of(JsonObject volume) throws MountException {
    Map<String, VolumeFile> files = new LinkedHashMap<>();
    if (volume.has("configMap")) {
      JsonObject source = volume.object("configMap");
      configMap(source, mode(source), files);
    } else if (volume.has("secret")) {
      JsonObject source = volume.object("secret");
      secret(source, source.string("secretName"), mode(source), files);
    } else if (volume.has("downwardAPI")) {
      JsonObject source = volume.object("downwardAPI");
      downwardApi(source, mode(source), files);
    } else {
      projected(volume.object("projected"), files);
    }
    return files;
  }

  private static int mode(JsonObject source) {
    return (int) source.integer(MODE_DEFAULT, "defaultMode");
  }

  private void projected(JsonObject projected, Map<String, VolumeFile> files)
      throws MountException {
    int mode = mode(projected);
    for (JsonObject source : projected.array("sources").objects().toList()) {
      if (source.has("configMap")) {
        configMap(source.object("configMap"), mode, files);
      } else if (source.has("secret")) {
        JsonObject secret = source.object("secret");
        secret(secret, secret.string("name"), mode, files);
      } else if (source.has("downwardAPI")) {
        downwardApi(source.object("downwardAPI"), mode, files);
      } else if (source.has("serviceAccountToken")) {
        token(source.object("serviceAccountToken"), mode, files);
      }
    }
  }

  private void configMap(JsonObject source, int mode, Map<String, VolumeFile> files)
      throws MountException {
    Optional<JsonObject> map = find("configmaps", "configmap", source.string("name"), source);
    if (map.isEmpty()) {
      return;
    }
    Map<String, byte[]> data = new LinkedHashMap<>();
    map.get()
        .strings("data")
        .forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
    map.get().strings("binaryData").forEach((key, value) -> data.put(key, decoded(value)));
    select("config", data, source, mode, files);
  }

  private void secret(JsonObject source, String name, int mode, Map<String, VolumeFile> files)
      throws MountException {
    Optional<JsonObject> secret = find("secrets", "secret", name, source);
    if (secret.isEmpty()) {
      return;
    }
    Map<String, byte[]> data = new LinkedHashMap<>();
    secret.get().strings("data").forEach((key, value) -> data.put(key, decoded(value)));
    select("secret", data, source, mode, files);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private Optional<JsonObject> find(String resource, String word, String name, JsonObject source)
      throws MountException {
    Optional<JsonObject> found = client.get(resource, ObjectMeta.namespace(pod), name);
    if (found.isEmpty() && !source.bool("optional")) {
      throw new MountException("%s \"%s\" not found".formatted(word, name));
    }
    return found;
  }

  /// All keys, or those that `items` name, under the paths they give.
  private static void select(
      String word,
      Map<String, byte[]> data,
      JsonObject source,
      int mode,
      Map<String, VolumeFile> files)
      throws MountException {
    JsonArray items = source.array("items");
    if (items.isEmpty()) {
      data.forEach((key, value) -> files.put(key, new VolumeFile(value, mode)));
      return;
    }
    for (JsonObject item : items.objects().toList()) {
      byte[] value = data.get(item.string("key"));
      if (value != null) {
        int own = (int) item.integer(mode, "mode");
        files.put(item.string("path"), new VolumeFile(value, own));
      } else if (!source.bool("optional")) {
        throw new MountException(
            "references non-existent %s key: %s".formatted(word, item.string("key")));
      }
    }
  }

  private void downwardApi(JsonObject source, int mode, Map<String, VolumeFile> files) {
    for (JsonObject item : source.array("items").objects().toList()) {
      String value =
          item.has("fieldRef")
              ? downwardApi.field(item.string("fieldRef", "fieldPath"))
              : downwardApi.resource(item.object("resourceFieldRef"), JsonObject.EMPTY);
      int own = (int) item.integer(mode, "mode");
      files.put(item.string("path"), new VolumeFile(value.getBytes(StandardCharsets.UTF_8), own));
    }
  }

  private void token(JsonObject source, int mode, Map<String, VolumeFile> files)
      throws MountException {
    try {
      String token =
          client.createToken(
              ObjectMeta.namespace(pod),
              pod.string("spec", "serviceAccountName"),
              source.string("audience"),
              source.integer(3600, "expirationSeconds"),
              Optional.of(pod));
      files.put(
          source.string("path"), new VolumeFile(token.getBytes(StandardCharsets.UTF_8), mode));
    } catch (StatusException e) {
      throw MountException.of(e);
    }
  }
}
