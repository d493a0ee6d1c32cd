package dev.drydock.cluster;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;

/// The API server's answer to an {@link ApiRequest}.
///
/// @param warnings the texts of the `Warning` headers, in order
public record ApiResponse(
    int status, String contentType, byte[] body, ImmutableList<String> warnings) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as a JSON object: an API object, a list, or a `Status` that says what went wrong.
  public JsonObject object() {
    try {
      Json json = JsonParser.parse(body);
      return json instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (JsonSyntaxException e) {
      return JsonObject.EMPTY;
    }
  }

  /// The message of the `Status`, verbatim, when the request failed; the empty string otherwise.
  public String message() {
    return ok() ? "" : object().string("message");
  }
}
