package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.storage.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes answers as JSON. What is stored has been encoded once; here it is put together.
public final class Encoding {
  private Encoding() {}

  /// The body of an answer that is not a stream.
  public static byte[] body(Reply reply) {
    return switch (reply) {
      case Reply.Single(_, JsonObject object) -> JsonWriter.bytes(object);
      case Reply.Stored(StoredObject stored) -> typed(stored);
      case Reply.Listing listing -> listing(listing);
      case Reply.Document document -> document.body();
      case Reply.Stream _ -> throw new IllegalArgumentException("a stream has no body");
    };
  }

  /// The content type of an answer's body.
  public static String contentType(Reply reply) {
    return reply instanceof Reply.Document document ? document.contentType() : "application/json";
  }

  /// A stored object with its type in front.
  public static byte[] typed(StoredObject stored) {
    JsonObject object = stored.object();
    byte[] type = typePrefix(object.string("kind"), object.string("apiVersion"));
    byte[] rest = stored.encoded();
    byte[] all = new byte[type.length + rest.length];
    System.arraycopy(type, 0, all, 0, type.length);
    all[type.length] = ',';
    System.arraycopy(rest, 1, all, type.length + 1, rest.length - 1);
    return all;
  }

  private static byte[] typePrefix(String kind, String apiVersion) {
    return "{\"kind\":\"%s\",\"apiVersion\":\"%s\""
        .formatted(kind, apiVersion)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] listing(Reply.Listing listing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 + 2048 * listing.items().size());
    out.writeBytes(typePrefix(listing.kind(), listing.apiVersion()));
    out.writeBytes(",\"metadata\":".getBytes(StandardCharsets.UTF_8));
    out.writeBytes(JsonWriter.bytes(listing.metadata()));
    out.writeBytes(",\"items\":[".getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (StoredObject item : listing.items()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      out.writeBytes(item.encoded());
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
