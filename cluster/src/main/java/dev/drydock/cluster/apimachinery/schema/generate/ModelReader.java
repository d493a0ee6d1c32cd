package dev.drydock.cluster.apimachinery.schema.generate;

import com.google.common.collect.ImmutableList;
import com.google.gson.annotations.SerializedName;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the types of every served kind, and of all they refer to, from the official client's model
/// classes.
///
/// A type expression is `string`, `int32`, `int64`, `double`, `bool`, `bytes`, `time`, `microTime`,
/// `quantity`, `intOrString`, `any`, `@` with the name of a type, or one of these after `[]` (a
/// list) or `{}` (a map).
final class ModelReader {
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

  /// Types that the client has as Java's own.
  private static final ImmutableList<String> SPECIAL =
      ImmutableList.of(
          QUANTITY, INT_OR_STRING, TypeNames.META + ".Time", TypeNames.META + ".MicroTime");

  private record Found(Class<?> model, String name) {}

  private final ProtoFiles protos;
  private final ProtoComments comments;
  private final TypeNames names;
  private final FactTables facts = new FactTables();
  private final Map<String, Json> types = new TreeMap<>();
  private final Map<String, Json> descriptions = new TreeMap<>();
  private final Map<String, JsonArray> kinds = new HashMap<>();
  private final Deque<Found> queue = new ArrayDeque<>();

  ModelReader(ProtoFiles protos, ProtoComments comments) {
    this.protos = protos;
    this.comments = comments;
    this.names = new TypeNames(protos);
  }

  void readAll() {
    SPECIAL.forEach(
        name ->
            descriptions.put(
                name, JsonObject.of("", Json.of(GoDoc.description(comments.of(protoName(name)))))));
    ResourceTable.builtIn().resources().stream().flatMap(ModelReader::kinds).forEach(this::root);
    TypeNames.META_KINDS.forEach(
        kind ->
            root(
                TypeNames.load("V1" + kind).orElseThrow(),
                TypeNames.META + "." + kind,
                new GroupVersionKind("", "v1", kind)));
    while (!queue.isEmpty()) {
      Found next = queue.remove();
      if (!types.containsKey(next.name())) {
        read(next);
      }
    }
  }

  JsonObject types() {
    return JsonObject.copyOf(types);
  }

  JsonObject descriptions() {
    return JsonObject.copyOf(descriptions);
  }

  private static Stream<GroupVersionKind> kinds(ApiResource resource) {
    return Stream.concat(
        Stream.of(resource.groupVersionKind(), resource.groupVersion().kind(resource.listKind())),
        resource.subresources().stream().map(ApiResource.Subresource::kind));
  }

  private void root(GroupVersionKind kind) {
    TypeNames.model(kind)
        .ifPresent(model -> root(model, TypeNames.packageOf(kind) + "." + kind.kind(), kind));
  }

  private void root(Class<?> model, String name, GroupVersionKind kind) {
    JsonArray entry =
        JsonArray.of(Json.of(kind.group()), Json.of(kind.version()), Json.of(kind.kind()));
    JsonArray known = kinds.getOrDefault(name, JsonArray.EMPTY);
    if (!known.items().contains(entry)) {
      kinds.put(name, known.plus(entry));
    }
    queue.add(new Found(model, name));
  }

  private void read(Found found) {
    JsonObject.Builder fields = JsonObject.builder();
    JsonObject.Builder texts = JsonObject.builder();
    ApiModel about = found.model().getAnnotation(ApiModel.class);
    Descriptor message = protos.message(protoName(found.name()));
    texts.putUnlessEmpty(
        "", text(about == null ? "" : about.description(), comments.of(protoName(found.name()))));
    Arrays.stream(found.model().getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(SerializedName.class))
        .forEach(field -> field(found, field, message, fields, texts));
    types.put(
        found.name(),
        JsonObject.builder()
            .putUnlessEmpty("k", kinds.get(found.name()))
            .putUnlessEmpty("mt", facts.of(found.name(), "<type>").get("mt"))
            .put("f", fields.build())
            .build());
    descriptions.put(found.name(), texts.build());
  }

  private void field(
      Found owner,
      Field field,
      @Nullable Descriptor message,
      JsonObject.Builder fields,
      JsonObject.Builder texts) {
    String name = field.getAnnotation(SerializedName.class).value();
    ApiModelProperty property = property(field);
    String type = expression(field.getGenericType(), TypeNames.packageOf(owner.name()));
    JsonObject.Builder entry = facts.of(owner.name(), name).toBuilder();
    entry.put("t", type.equals("time") && isMicroTime(message, name) ? "microTime" : type);
    describeSpecial(type, property.value());
    if (property.required()) {
      entry.put("r", true);
    }
    fields.put(name, entry.build());
    texts.putUnlessEmpty(
        name,
        text(
            ofReference(type) ? "" : property.value(), comments.of(protoName(owner.name()), name)));
  }

  /// A field of one of these types has the text of the type in the model.
  private void describeSpecial(String type, String text) {
    String name =
        switch (type) {
          case "quantity", "{}quantity" -> QUANTITY;
          case "intOrString" -> INT_OR_STRING;
          default -> "";
        };
    String start = name.substring(name.lastIndexOf('.') + 1) + " is a";
    if (!name.isEmpty() && text.startsWith(start)) {
      descriptions.put(
          name,
          JsonObject.of("", Json.of(GoDoc.withLineBreaks(text, comments.of(protoName(name))))));
    }
  }

  /// Of a reference the model has no text, or that of the type referred to.
  private static boolean ofReference(String type) {
    return type.startsWith("@") || type.equals("intOrString") || type.equals("quantity");
  }

  private static String text(String model, String comment) {
    return model.isEmpty() ? GoDoc.description(comment) : GoDoc.withLineBreaks(model, comment);
  }

  private static ApiModelProperty property(Field field) {
    String getter = ("get" + field.getName().replaceFirst("^_", "")).replace("$", "");
    for (Method method : field.getDeclaringClass().getMethods()) {
      ApiModelProperty property = method.getAnnotation(ApiModelProperty.class);
      if (property != null && method.getName().replace("$", "").equalsIgnoreCase(getter)) {
        return property;
      }
    }
    throw new IllegalStateException("no description of " + field);
  }

  private static boolean isMicroTime(@Nullable Descriptor message, String name) {
    FieldDescriptor field = message == null ? null : message.findFieldByName(name);
    return field != null
        && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().getName().equals("MicroTime");
  }

  static String protoName(String fullName) {
    return fullName
        .replace("io.k8s.", "k8s.io.")
        .replace("apiextensions-apiserver", "apiextensions_apiserver");
  }

  private String expression(Type type, String referrer) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String prefix = generic.getRawType() == Map.class ? "{}" : "[]";
      return prefix + expression(arguments[arguments.length - 1], referrer);
    }
    Class<?> model = (Class<?>) type;
    return switch (model.getSimpleName()) {
      case "String" -> "string";
      case "Integer" -> "int32";
      case "Long" -> "int64";
      case "Double" -> "double";
      case "Boolean" -> "bool";
      case "byte[]" -> "bytes";
      case "OffsetDateTime" -> "time";
      case "Quantity" -> "quantity";
      case "IntOrString" -> "intOrString";
      case "Object" -> "any";
      default -> reference(model, referrer);
    };
  }

  private String reference(Class<?> model, String referrer) {
    String name = names.of(model, referrer);
    queue.add(new Found(model, name));
    return "@" + name;
  }
}
