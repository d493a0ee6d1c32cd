package dev.drydock.cluster.kubelet;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;

/// What a container may learn about its own pod. Models pkg/fieldpath and
/// resource.ExtractResourceValue.
///
/// @param pod with its current status
/// @param node the node's allocatable resources, which stand in for absent limits
public record DownwardApi(JsonObject pod, String podIp, String hostIp, JsonObject allocatable) {

  public String field(String path) {
    return switch (path) {
      case "metadata.name" -> ObjectMeta.name(pod);
      case "metadata.namespace" -> ObjectMeta.namespace(pod);
      case "metadata.uid" -> ObjectMeta.uid(pod);
      case "metadata.labels" -> map(ObjectMeta.labels(pod));
      case "metadata.annotations" -> map(ObjectMeta.annotations(pod));
      case "spec.nodeName" -> pod.string("spec", "nodeName");
      case "spec.serviceAccountName" -> pod.string("spec", "serviceAccountName");
      case "status.hostIP", "status.hostIPs" -> hostIp;
      case "status.podIP", "status.podIPs" -> podIp;
      default -> subscript(path);
    };
  }

  private String subscript(String path) {
    int open = path.indexOf("['");
    if (open < 0 || !path.endsWith("']")) {
      return "";
    }
    String key = path.substring(open + 2, path.length() - 2);
    Map<String, String> map =
        path.startsWith("metadata.labels") ? ObjectMeta.labels(pod) : ObjectMeta.annotations(pod);
    return map.getOrDefault(key, "");
  }

  private static String map(Map<String, String> map) {
    return map.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + FieldErrors.quote(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /// The value of a `resourceFieldRef`, in units of its divisor, rounded up.
  public String resource(JsonObject reference, JsonObject own) {
    String containerName = reference.string("containerName");
    JsonObject container =
        containerName.isEmpty()
            ? own
            : PodSpecs.allContainers(pod)
                .filter(candidate -> candidate.string("name").equals(containerName))
                .findFirst()
                .orElse(JsonObject.EMPTY);
    String[] path = reference.string("resource").split("\\.", 2);
    String name = path.length == 2 ? path[1] : "";
    String value = container.string("resources", path[0], name);
    if (value.isEmpty() && path[0].equals("limits")) {
      value = allocatable.string(name);
    }
    if (value.isEmpty()) {
      return "0";
    }
    String divisor = reference.string("divisor");
    BigDecimal unit =
        divisor.isEmpty() || divisor.equals("0")
            ? BigDecimal.ONE
            : Quantity.parse(divisor).amount();
    return Quantity.parse(value)
        .amount()
        .divide(unit, 0, RoundingMode.CEILING)
        .toBigInteger()
        .toString();
  }
}
