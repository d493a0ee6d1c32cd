package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.protobuf.ProtobufDecoder;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the object in a request's body, whatever its encoding, and checks it against its kind's
/// schema as strictly as the request asks for.
///
/// Models apiserver/pkg/endpoints/handlers/create.go and runtime/serializer.
public final class RequestBodies {
  /// The largest body, as upstream's.
  public static final int BYTES_MAX = 3 * 1024 * 1024;

  private static final String YAML = "application/yaml";

  /// A body read, before it is checked.
  private record Parsed(JsonObject object, Set<String> duplicates) {}

  /// The object of a create or update of a resource.
  JsonObject decode(ServerRequest request, ResourceStore store) {
    return decode(request, BodyKind.of(store));
  }

  /// An object, which must be of the kind given.
  JsonObject decode(ServerRequest request, GroupVersionKind kind) {
    return decode(request, BodyKind.builtIn(kind));
  }

  private static JsonObject decode(ServerRequest request, BodyKind kind) {
    Parsed parsed = parse(request, kind.kind());
    checkType(parsed.object(), kind.kind());
    return check(request, kind, parsed.object(), parsed.duplicates());
  }

  /// Checks an object that a patch has made.
  JsonObject recheck(ServerRequest request, BodyKind kind, JsonObject object) {
    return check(request, kind, object, ImmutableSet.of());
  }

  /// A body of another kind than its resource: `DeleteOptions`, a `Binding`.
  JsonObject decodeOptions(ServerRequest request) {
    JsonObject object = parse(request, new GroupVersionKind("", "v1", "DeleteOptions")).object();
    GroupVersionKind kind = GroupVersionKind.of(object);
    return Schemas.of(kind) == null
        ? object
        : check(request, BodyKind.builtIn(kind), object, ImmutableSet.of());
  }

  private static void checkType(JsonObject object, GroupVersionKind expected) {
    String apiVersion = object.string("apiVersion");
    String kind = object.string("kind");
    if (!apiVersion.isEmpty() && !apiVersion.equals(expected.apiVersion())) {
      throw StatusException.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(apiVersion, expected.apiVersion()));
    }
    if (!kind.isEmpty() && !kind.equals(expected.kind())) {
      throw StatusException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: converting (%s) to (%s): unknown conversion"
              .formatted(kind, expected.apiVersion(), expected.kind(), kind, expected.kind()));
    }
  }

  private static JsonObject check(
      ServerRequest request, BodyKind body, JsonObject object, Set<String> duplicates) {
    GroupVersionKind kind = body.kind();
    try {
      Decoded decoded = body.decoder().decode(object, duplicates);
      report(request, kind, decoded.strictErrors());
      return typed(decoded.object(), kind);
    } catch (DecodingException e) {
      throw unhandled(kind, String.valueOf(e.getMessage()));
    }
  }

  private static JsonObject typed(JsonObject object, GroupVersionKind kind) {
    return object.with("apiVersion", kind.apiVersion()).with("kind", kind.kind());
  }

  private static void report(
      ServerRequest request, GroupVersionKind kind, List<String> strictErrors) {
    if (strictErrors.isEmpty()) {
      return;
    }
    switch (request.info().query().get("fieldValidation")) {
      case "Strict" ->
          throw unhandled(kind, "strict decoding error: " + String.join(", ", strictErrors));
      case "Ignore" -> {}
      default -> request.warnings().addAll(strictErrors);
    }
  }

  private static StatusException unhandled(GroupVersionKind kind, String why) {
    return StatusException.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(kind.kind(), kind.version(), kind.kind(), why));
  }

  private static Parsed parse(ServerRequest request, GroupVersionKind kind) {
    byte[] body = request.raw().body();
    checkSize(body);
    String type = request.raw().header("content-type").split(";", 2)[0].strip();
    try {
      if (type.equals(ProtobufDecoder.CONTENT_TYPE) || ProtobufDecoder.isProtobuf(body)) {
        return new Parsed(ProtobufDecoder.decode(body), ImmutableSet.of());
      }
      return type.equals(YAML) ? yaml(body) : json(body);
    } catch (DecodingException | JsonSyntaxException e) {
      throw unhandled(kind, String.valueOf(e.getMessage()));
    }
  }

  private static Parsed json(byte[] body) throws JsonSyntaxException, DecodingException {
    Set<String> duplicates = new LinkedHashSet<>();
    return object(JsonParser.parse(body, duplicates::add), duplicates);
  }

  /// The one document of a body in YAML.
  static JsonObject yamlObject(byte[] body) {
    checkSize(body);
    try {
      return yaml(body).object();
    } catch (JsonSyntaxException | DecodingException e) {
      throw StatusException.badRequest("error decoding YAML: " + e.getMessage());
    }
  }

  private static Parsed yaml(byte[] body) throws JsonSyntaxException, DecodingException {
    List<YamlDocument> documents = YamlParser.parseAll(body);
    if (documents.size() != 1) {
      throw new JsonSyntaxException("one document is needed, not " + documents.size(), 0, 0);
    }
    return object(documents.getFirst().root(), ImmutableSet.of());
  }

  private static Parsed object(Json json, Set<String> duplicates) throws DecodingException {
    if (json instanceof JsonObject object) {
      return new Parsed(object, duplicates);
    }
    throw new DecodingException(
        "json: cannot unmarshal "
            + json.goKind()
            + " into Go value of type map[string]interface {}");
  }

  static void checkSize(byte[] body) {
    if (body.length > BYTES_MAX) {
      throw StatusException.of(
          StatusReason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + BYTES_MAX);
    }
  }
}
