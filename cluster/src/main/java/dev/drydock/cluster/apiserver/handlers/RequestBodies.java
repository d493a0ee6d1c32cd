package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.GoJson;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.protobuf.ProtobufDecoder;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Reads the object in a request's body, whatever its encoding, and checks it against its kind's
/// schema as strictly as the request asks for.
///
/// Models apiserver/pkg/endpoints/handlers/create.go and runtime/serializer.
public final class RequestBodies {
  /// The largest body, as upstream's.
  public static final int BYTES_MAX = 3 * 1024 * 1024;

  private static final String YAML = "application/yaml";
  private static final String SCHEME = "pkg/api/legacyscheme/scheme.go:30";
  private static final String COULD_NOT_READ = "couldn't get version/kind; json parse error: ";

  /// How much of a body an error shows.
  private static final int SUMMARY_BYTES_MAX = 30;

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

  /// Checks an object that a patch which is not applied by the server's own merge has made.
  ///
  /// @param patch a strategic merge patch as Go prints it; empty for a patch of another type, whose
  ///   result is shown instead
  JsonObject recheckPatched(
      ServerRequest request, BodyKind body, JsonObject patched, String patch) {
    try {
      Decoded decoded = body.decoder().decode(patched, ImmutableSet.of());
      if (!decoded.strictErrors().isEmpty()) {
        String strict = "strict decoding error: " + String.join(", ", decoded.strictErrors());
        report(request, decoded.strictErrors(), () -> invalidPatch(shown(patched, patch), strict));
      }
      return typed(decoded.object(), body.kind());
    } catch (DecodingException e) {
      String why = patch.isEmpty() ? String.valueOf(e.getMessage()) : e.conversion();
      throw invalidPatch(shown(patched, patch), why);
    }
  }

  private static String shown(JsonObject patched, String patch) {
    return patch.isEmpty() ? GoJson.string(patched) : patch;
  }

  private static StatusException invalidPatch(String patch, String why) {
    FieldErrors errors = new FieldErrors();
    errors.invalid(FieldPath.of("patch"), patch, why);
    return StatusException.invalid(new GroupResourceName("", "", ""), errors.list());
  }

  /// A body of another kind than its resource: `DeleteOptions`, a `Binding`.
  JsonObject decodeOptions(ServerRequest request) {
    JsonObject object = parse(request, new GroupVersionKind("", "v1", "DeleteOptions")).object();
    GroupVersionKind kind = GroupVersionKind.of(object);
    return Schemas.of(kind) == null
        ? object
        : check(request, BodyKind.builtIn(kind), object, ImmutableSet.of());
  }

  /// What is decoded must convert into what is expected. Models codec.Decode in
  /// runtime/serializer/versioning and Converter.Convert.
  private static void checkType(JsonObject object, GroupVersionKind expected) {
    boolean versioned = object.has("apiVersion");
    boolean kinded = !object.string("kind").isEmpty();
    String apiVersion = versioned ? object.string("apiVersion") : expected.apiVersion();
    String kind = kinded ? object.string("kind") : expected.kind();
    GroupVersionKind given = GroupVersion.parse(apiVersion).kind(kind);
    if (given.equals(expected)) {
      return;
    }
    if (Schemas.of(expected) != null && Schemas.of(given) == null) {
      throw unhandled(
          given,
          expected.kind(),
          "no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
              .formatted(kind, apiVersion, SCHEME));
    }
    if (!kind.equals(expected.kind())) {
      throw unhandled(
          given,
          expected.kind(),
          "converting (%s.%s) to (%s.%s): unknown conversion"
              .formatted(
                  given.version(), kind, internalPackage(expected.group()), expected.kind()));
    }
    throw StatusException.badRequest(
        "the API version in the data (%s) does not match the expected API version (%s)"
            .formatted(apiVersion, expected.apiVersion()));
  }

  /// The Go package of a group's internal types.
  private static String internalPackage(String group) {
    return group.isEmpty() || group.equals("events.k8s.io") ? "core" : group.split("\\.", 2)[0];
  }

  private static JsonObject check(
      ServerRequest request, BodyKind body, JsonObject object, Set<String> duplicates) {
    GroupVersionKind kind = body.kind();
    try {
      Decoded decoded = body.decoder().decode(object, duplicates);
      report(
          request,
          decoded.strictErrors(),
          () ->
              unhandled(
                  kind, "strict decoding error: " + String.join(", ", decoded.strictErrors())));
      return typed(decoded.object(), kind);
    } catch (DecodingException e) {
      throw unhandled(kind, String.valueOf(e.getMessage()));
    }
  }

  private static JsonObject typed(JsonObject object, GroupVersionKind kind) {
    return object.with("apiVersion", kind.apiVersion()).with("kind", kind.kind());
  }

  private static void report(
      ServerRequest request, List<String> strictErrors, Supplier<StatusException> refusal) {
    if (strictErrors.isEmpty()) {
      return;
    }
    switch (request.info().query().get("fieldValidation")) {
      case "Strict" -> throw refusal.get();
      case "Ignore" -> {}
      default -> request.warnings().addAll(strictErrors);
    }
  }

  private static StatusException unhandled(GroupVersionKind kind, String why) {
    return unhandled(kind, kind.kind(), why);
  }

  private static StatusException unhandled(GroupVersionKind given, String expected, String why) {
    return StatusException.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(given.kind(), given.version(), expected, why));
  }

  /// A body of which not even its kind can be read.
  private static StatusException unrecognized(GroupVersionKind expected, String why, byte[] body) {
    return StatusException.badRequest(
        "the object provided is unrecognized (must be of type %s): %s (%s)"
            .formatted(expected.kind(), why, summary(body)));
  }

  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    boolean all = body.length <= SUMMARY_BYTES_MAX;
    byte[] start = Arrays.copyOf(body, Math.min(body.length, SUMMARY_BYTES_MAX));
    String shown =
        body[0] == '{'
            ? new String(start, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(start);
    return all ? shown : shown + " ...";
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
    } catch (DecodingException e) {
      throw unrecognized(kind, COULD_NOT_READ + e.getMessage(), body);
    } catch (JsonSyntaxException e) {
      throw unrecognized(kind, (type.equals(YAML) ? "" : COULD_NOT_READ) + e.getMessage(), body);
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
            + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
            + " Kind string \"json:\\\"kind,omitempty\\\"\" }");
  }

  static void checkSize(byte[] body) {
    if (body.length > BYTES_MAX) {
      throw StatusException.of(
          StatusReason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + BYTES_MAX);
    }
  }
}
