package dev.drydock.cluster.apimachinery.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.Decoder;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import java.io.IOException;

/// Reads a body of `application/vnd.kubernetes.protobuf`: four magic bytes, then a
/// `runtime.Unknown` that names the type and wraps the object's message.
///
/// Models apimachinery/pkg/runtime/serializer/protobuf.
public final class ProtobufDecoder {
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final String DELETE_OPTIONS = "DeleteOptions";

  /// What the envelope says: the type, and the message of that type.
  private record Envelope(GroupVersionKind kind, byte[] raw) {}

  private ProtobufDecoder() {}

  public static boolean isProtobuf(byte[] body) {
    return body.length >= MAGIC.length
        && java.util.Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /// The object in a body, with its `apiVersion` and `kind`, in the form in which {@link Decoder}
  /// leaves the same object given as JSON.
  public static JsonObject decode(byte[] body) throws DecodingException {
    if (!isProtobuf(body)) {
      throw new DecodingException(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    try {
      Envelope envelope = envelope(CodedInputStream.newInstance(body, 4, body.length - 4));
      ObjectType type = type(envelope.kind());
      JsonObject message = MessageReader.read(type.name(), envelope.raw());
      JsonObject object =
          JsonObject.builder()
              .put("apiVersion", envelope.kind().apiVersion())
              .put("kind", envelope.kind().kind())
              .build();
      JsonObject.Builder typed = object.toBuilder();
      message.fields().forEach(typed::put);
      return Decoder.decode(type, typed.build()).object();
    } catch (IOException e) {
      throw new DecodingException("proto: " + e.getMessage());
    }
  }

  private static ObjectType type(GroupVersionKind kind) throws DecodingException {
    if (kind.kind().equals(DELETE_OPTIONS)) {
      return Schemas.named("io.k8s.apimachinery.pkg.apis.meta.v1." + DELETE_OPTIONS);
    }
    ObjectType type = Schemas.of(kind);
    if (type == null) {
      throw new DecodingException(
          "no kind \"%s\" is registered for version \"%s\" in scheme"
              .formatted(kind.kind(), kind.apiVersion()));
    }
    return type;
  }

  private static Envelope envelope(CodedInputStream in) throws IOException {
    GroupVersionKind kind = new GroupVersionKind("", "", "");
    byte[] raw = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> kind = typeMeta(in.readBytes().newCodedInput());
        case 2 -> raw = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    return new Envelope(kind, raw);
  }

  private static GroupVersionKind typeMeta(CodedInputStream in) throws IOException {
    String apiVersion = "";
    String kind = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> apiVersion = in.readStringRequireUtf8();
        case 2 -> kind = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    return GroupVersion.parse(apiVersion).kind(kind);
  }
}
