package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.client.Client;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What kubeadm and kind put into a cluster before anybody uses it.
final class Bootstrap {
  private static final List<JsonObject> OBJECTS = read();

  private Bootstrap() {}

  static void run(Client client, String certificateAuthority) {
    for (JsonObject object : OBJECTS) {
      client.create(resource(object), object);
    }
    client.create("configmaps", authentication(certificateAuthority));
  }

  private static String resource(JsonObject object) {
    ApiResource resource = ResourceTable.builtIn().find(GroupVersionKind.of(object));
    return Objects.requireNonNull(resource).groupResource();
  }

  private static JsonObject authentication(String certificateAuthority) {
    return JsonObject.of(
        "metadata",
        JsonObject.builder()
            .put("name", "extension-apiserver-authentication")
            .put("namespace", "kube-system")
            .build(),
        "data",
        JsonObject.of("client-ca-file", Json.of(certificateAuthority)));
  }

  private static List<JsonObject> read() {
    try {
      Stream<JsonObject> manifests =
          YamlParser.parseAll(resourceBytes("bootstrap.yaml")).stream()
              .map(YamlDocument::root)
              .map(JsonObject.class::cast);
      JsonObject roles = (JsonObject) JsonParser.parse(resourceBytes("rbac-1.36.json"));
      JsonArray items = roles.array("items");
      return Stream.concat(manifests, items.objects()).toList();
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("a resource of ours is not what it should be", e);
    }
  }

  private static byte[] resourceBytes(String name) {
    try (InputStream in = Bootstrap.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
