package dev.drydock.cluster.kubelet.kuberuntime;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.kubelet.DownwardApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The environment of a container, from every source a pod can name. Models
/// kubelet_pods.makeEnvironmentVariables.
public final class Environment {
  private final Client client;
  private final JsonObject pod;
  private final DownwardApi downwardApi;

  public Environment(Client client, JsonObject pod, DownwardApi downwardApi) {
    this.client = client;
    this.pod = pod;
    this.downwardApi = downwardApi;
  }

  /// A source that is not there, in the words of `CreateContainerConfigError`.
  public static final class ConfigException extends Exception {
    ConfigException(String message) {
      super(message);
    }
  }

  public ImmutableMap<String, String> of(JsonObject container) throws ConfigException {
    Map<String, String> services = serviceVariables();
    Map<String, String> result = new LinkedHashMap<>();
    for (JsonObject source : container.array("envFrom").objects().toList()) {
      fromSource(source, result);
    }
    Map<String, String> declared = new LinkedHashMap<>();
    for (JsonObject variable : container.array("env").objects().toList()) {
      Map<String, String> known = new LinkedHashMap<>(services);
      known.putAll(result);
      value(variable, container, known)
          .ifPresent(
              value -> {
                declared.put(variable.string("name"), value);
                result.put(variable.string("name"), value);
              });
    }
    Map<String, String> all = new LinkedHashMap<>(result);
    services.forEach(all::putIfAbsent);
    all.putAll(declared);
    return ImmutableMap.copyOf(all);
  }

  private void fromSource(JsonObject source, Map<String, String> result) throws ConfigException {
    String prefix = source.string("prefix");
    if (source.has("configMapRef")) {
      find("configmaps", "configmap", source.object("configMapRef"))
          .ifPresent(map -> map.strings("data").forEach((k, v) -> result.put(prefix + k, v)));
    } else if (source.has("secretRef")) {
      find("secrets", "secret", source.object("secretRef"))
          .ifPresent(
              secret ->
                  secret.strings("data").forEach((k, v) -> result.put(prefix + k, decoded(v))));
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// The object a reference names; empty when it is optional and absent.
  private Optional<JsonObject> find(String resource, String word, JsonObject reference)
      throws ConfigException {
    String name = reference.string("name");
    Optional<JsonObject> found = client.get(resource, ObjectMeta.namespace(pod), name);
    if (found.isEmpty() && !reference.bool("optional")) {
      throw new ConfigException("%s \"%s\" not found".formatted(word, name));
    }
    return found;
  }

  private Optional<String> value(
      JsonObject variable, JsonObject container, Map<String, String> known) throws ConfigException {
    JsonObject from = variable.object("valueFrom");
    if (from.has("fieldRef")) {
      return Optional.of(downwardApi.field(from.string("fieldRef", "fieldPath")));
    }
    if (from.has("resourceFieldRef")) {
      return Optional.of(downwardApi.resource(from.object("resourceFieldRef"), container));
    }
    if (from.has("configMapKeyRef")) {
      return key("configmaps", "configmap", "ConfigMap", from.object("configMapKeyRef"));
    }
    if (from.has("secretKeyRef")) {
      return key("secrets", "secret", "Secret", from.object("secretKeyRef"))
          .map(Environment::decoded);
    }
    return Optional.of(Expansion.expand(variable.string("value"), known));
  }

  private Optional<String> key(String resource, String word, String kind, JsonObject reference)
      throws ConfigException {
    Optional<JsonObject> object = find(resource, word, reference);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    String key = reference.string("key");
    Optional<String> value = object.get().object("data").optionalString(key);
    if (value.isEmpty() && !reference.bool("optional")) {
      throw new ConfigException(
          "couldn't find key %s in %s %s/%s"
              .formatted(key, kind, ObjectMeta.namespace(pod), reference.string("name")));
    }
    return value;
  }

  /// The variables of the services of the pod's namespace, and always of the API server's. Models
  /// envvars.FromServices.
  private Map<String, String> serviceVariables() {
    Map<String, String> variables = new LinkedHashMap<>();
    client.get("services", "default", "kubernetes").ifPresent(s -> service(s, variables));
    boolean links =
        !pod.object("spec").has("enableServiceLinks") || pod.bool("spec", "enableServiceLinks");
    if (links) {
      client.list("services", ObjectMeta.namespace(pod)).forEach(s -> service(s, variables));
    }
    return variables;
  }

  private static void service(JsonObject service, Map<String, String> variables) {
    String ip = service.string("spec", "clusterIP");
    var ports = service.array("spec", "ports").objects().toList();
    if (ip.isEmpty() || ip.equals("None") || ports.isEmpty()) {
      return;
    }
    String prefix = variableName(ObjectMeta.name(service));
    variables.put(prefix + "_SERVICE_HOST", ip);
    variables.put(prefix + "_SERVICE_PORT", port(ports.getFirst()));
    for (JsonObject port : ports) {
      if (!port.string("name").isEmpty()) {
        variables.put(prefix + "_SERVICE_PORT_" + variableName(port.string("name")), port(port));
      }
    }
    for (JsonObject port : ports) {
      String protocol = port.string("protocol").isEmpty() ? "TCP" : port.string("protocol");
      String url = protocol.toLowerCase(Locale.ROOT) + "://" + ip + ":" + port(port);
      if (port == ports.getFirst()) {
        variables.put(prefix + "_PORT", url);
      }
      String portPrefix = prefix + "_PORT_" + port(port) + "_" + protocol;
      variables.put(portPrefix, url);
      variables.put(portPrefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
      variables.put(portPrefix + "_PORT", port(port));
      variables.put(portPrefix + "_ADDR", ip);
    }
  }

  private static String port(JsonObject port) {
    return Long.toString(port.integer(0, "port"));
  }

  private static String variableName(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
