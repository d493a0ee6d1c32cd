package dev.drydock.cluster.apimachinery.schema.generate;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The protobuf messages that kinds are sent as: for each its fields' number, JSON name and type.
///
/// A field whose name is no JSON field of its type is a Go struct written inline; its name is left
/// empty and its own fields belong to the enclosing object.
final class ProtoTable {
  private final JsonObject types;
  private final Map<String, Json> messages = new TreeMap<>();

  /// @param types the types as {@link ModelReader} writes them
  ProtoTable(ProtoFiles protos, JsonObject types) {
    this.types = types;
    Deque<Descriptor> queue = new ArrayDeque<>();
    for (String name : types.fields().keySet()) {
      Descriptor message = protos.message(ModelReader.protoName(name));
      if (message != null) {
        queue.add(message);
      }
    }
    while (!queue.isEmpty()) {
      Descriptor message = queue.remove();
      if (!messages.containsKey(message.getFullName())) {
        messages.put(message.getFullName(), fields(message, queue));
      }
    }
  }

  JsonObject messages() {
    return JsonObject.copyOf(messages);
  }

  private Json fields(Descriptor message, Deque<Descriptor> queue) {
    Optional<JsonObject> model =
        Optional.ofNullable(types.get(openApiName(message)))
            .map(type -> ((JsonObject) type).object("f"));
    return JsonArray.copyOf(
        message.getFields().stream()
            .filter(field -> isMessage(field) || !jsonName(field, model).isEmpty())
            .map(
                field ->
                    JsonArray.of(
                        Json.of(field.getNumber()),
                        Json.of(jsonName(field, model)),
                        Json.of(expression(field, queue))))
            .toList());
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  private static String openApiName(Descriptor message) {
    return TypeNames.ofProtoPackage(message.getFile().getPackage()) + "." + message.getName();
  }

  private static String jsonName(FieldDescriptor field, Optional<JsonObject> model) {
    return model
        .map(
            fields ->
                fields.fields().keySet().stream()
                    .filter(name -> name.equalsIgnoreCase(plain(field)))
                    .findFirst()
                    .orElse(""))
        .orElse(field.getName());
  }

  /// One JSON schema keyword is no identifier: protobuf calls `$ref` and `x-kubernetes-…` by
  /// others.
  private static String plain(FieldDescriptor field) {
    String name = field.getName();
    return switch (name) {
      case "ref", "schema" ->
          field.getContainingType().getName().equals("JSONSchemaProps") ? "$" + name : name;
      default -> name.startsWith("xKubernetes") ? dashed(name) : name;
    };
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static String expression(FieldDescriptor field, Deque<Descriptor> queue) {
    if (field.isMapField()) {
      return "{}" + single(field.getMessageType().findFieldByNumber(2), queue);
    }
    return (field.isRepeated() ? "[]" : "") + single(field, queue);
  }

  private static String single(FieldDescriptor field, Deque<Descriptor> queue) {
    return switch (field.getJavaType()) {
      case STRING -> "string";
      case INT -> "int32";
      case LONG -> "int64";
      case BOOLEAN -> "bool";
      case DOUBLE, FLOAT -> "double";
      case BYTE_STRING -> "bytes";
      case ENUM -> throw new IllegalStateException("an enum: " + field);
      case MESSAGE -> {
        queue.add(field.getMessageType());
        yield special(field.getMessageType());
      }
    };
  }

  private static String special(Descriptor message) {
    return switch (message.getFullName()) {
      case "k8s.io.apimachinery.pkg.apis.meta.v1.Time" -> "time";
      case "k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime" -> "microTime";
      case "k8s.io.apimachinery.pkg.api.resource.Quantity" -> "quantity";
      case "k8s.io.apimachinery.pkg.util.intstr.IntOrString" -> "intOrString";
      case "k8s.io.apimachinery.pkg.runtime.RawExtension",
          "k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1",
          "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON" ->
          "any";
      default -> "@" + message.getFullName();
    };
  }
}
