package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where the next page of a list begins, as the opaque text that clients hand back. Models
/// apiserver/pkg/storage/continue.go.
///
/// @param revision the one all pages show, or {@link #ANY} for whatever is there now
/// @param after the namespace and name of the last item that was handed out
record ContinueToken(long revision, String after) {
  static final long ANY = -1;

  private static final String VERSION = "meta.k8s.io/v1";

  String encode() {
    JsonObject token =
        JsonObject.builder().put("v", VERSION).put("rv", revision).put("start", after).build();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.bytes(token));
  }

  /// @throws StatusException 400 when it is none of ours
  static ContinueToken decode(String text) {
    JsonObject token = object(text);
    if (!token.string("v").equals(VERSION)) {
      throw invalid(
          ": server does not recognize this encoded version %s".formatted(token.string("v")));
    }
    long revision = token.integer(0, "rv");
    if (revision == 0) {
      throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
    if (token.string("start").isEmpty()) {
      throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
    }
    return new ContinueToken(revision, token.string("start"));
  }

  private static JsonObject object(String text) {
    try {
      Json json =
          JsonParser.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
      if (json instanceof JsonObject object) {
        return object;
      }
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      // Falls through: whatever is wrong with it, it is not a token of ours.
    }
    throw invalid("");
  }

  private static StatusException invalid(String why) {
    return StatusException.badRequest("continue key is not valid" + why);
  }

  /// The answer when the revision of the pages is forgotten, with a token to go on without it.
  StatusException tooOld() {
    return StatusException.expiredList(
        """
        The provided continue parameter is too old to display a consistent list result. \
        You can start a new list without the continue parameter, or use the continue token in this response \
        to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - \
        objects that were created, modified, or deleted between the time the first chunk was returned \
        and now may show up in the list.""",
        new ContinueToken(ANY, after).encode());
  }
}
