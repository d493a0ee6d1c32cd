package dev.drydock.cluster.apimachinery.errors;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/// A request the API server refuses, in its words. Carries no stack trace: it is an answer, not a
/// fault.
///
/// Models apimachinery/pkg/api/errors.
public final class StatusException extends RuntimeException {
  private final StatusReason reason;
  private final JsonObject details;
  private final JsonObject metadata;

  private StatusException(StatusReason reason, String message, JsonObject details) {
    this(reason, message, details, JsonObject.EMPTY);
  }

  private StatusException(
      StatusReason reason, String message, JsonObject details, JsonObject metadata) {
    super(message, null, false, false);
    this.reason = reason;
    this.details = details;
    this.metadata = metadata;
  }

  public StatusReason reason() {
    return reason;
  }

  public int code() {
    return reason.code();
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /// The `Status` object that goes on the wire.
  public JsonObject status() {
    JsonObject.Builder status =
        JsonObject.builder()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("metadata", metadata)
            .put("status", "Failure")
            .put("message", text())
            .put("reason", reason.word());
    if (!details.isEmpty()) {
      status.put("details", details);
    }
    return status.put("code", reason.code()).build();
  }

  private static JsonObject.Builder details(GroupResourceName object) {
    return JsonObject.builder()
        .putUnlessEmpty("name", object.name())
        .putUnlessEmpty("group", object.group())
        .putUnlessEmpty("kind", object.resource());
  }

  /// What an error is about; the wire calls the resource "kind".
  ///
  /// @param resource plural, or for validation errors the kind
  public record GroupResourceName(String group, String resource, String name) {
    String qualified() {
      return group.isEmpty() ? resource : resource + "." + group;
    }
  }

  public static StatusException notFound(GroupResourceName object) {
    return new StatusException(
        StatusReason.NOT_FOUND,
        object.qualified() + " \"" + object.name() + "\" not found",
        details(object).build());
  }

  public static StatusException alreadyExists(GroupResourceName object) {
    return new StatusException(
        StatusReason.ALREADY_EXISTS,
        object.qualified() + " \"" + object.name() + "\" already exists",
        details(object).build());
  }

  public static StatusException conflict(GroupResourceName object, String why) {
    return new StatusException(
        StatusReason.CONFLICT,
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(object.qualified(), object.name(), why),
        details(object).build());
  }

  /// A server-side apply conflict, whose message and causes come from the merge.
  public static StatusException applyConflict(String message, JsonArray causes) {
    return new StatusException(StatusReason.CONFLICT, message, JsonObject.of("causes", causes));
  }

  public static StatusException forbidden(GroupResourceName object, String why) {
    String subject =
        object.name().isEmpty()
            ? object.qualified()
            : object.qualified() + " \"" + object.name() + "\"";
    return new StatusException(
        StatusReason.FORBIDDEN, subject + " is forbidden: " + why, details(object).build());
  }

  /// The refusal of a request by a policy of the cluster's own.
  ///
  /// @param refusal as admission words it
  /// @param reason `Forbidden`, `RequestEntityTooLarge` or else `Invalid`
  public static StatusException deniedByPolicy(
      StatusException refusal, String reason, String message) {
    StatusReason answer =
        switch (reason) {
          case "Forbidden" -> StatusReason.FORBIDDEN;
          case "Unauthorized" -> StatusReason.UNAUTHORIZED;
          case "RequestEntityTooLarge" -> StatusReason.REQUEST_ENTITY_TOO_LARGE;
          default -> StatusReason.INVALID;
        };
    JsonObject cause =
        JsonObject.of("message", dev.drydock.cluster.apimachinery.json.Json.of(message));
    return new StatusException(
        answer, refusal.text(), refusal.details.with("causes", JsonArray.of(cause)));
  }

  /// @param kind the object's group, kind (as `resource`) and name
  public static StatusException invalid(GroupResourceName kind, List<FieldError> errors) {
    String all =
        errors.size() == 1
            ? errors.getFirst().toString()
            : errors.stream()
                .map(FieldError::toString)
                .distinct()
                .collect(Collectors.joining(", ", "[", "]"));
    JsonArray causes =
        JsonArray.copyOf(
            errors.stream()
                .map(
                    error ->
                        JsonObject.builder()
                            .put("reason", error.type().reason())
                            .put("message", error.body())
                            .put("field", error.path())
                            .build())
                .toList());
    return new StatusException(
        StatusReason.INVALID,
        "%s \"%s\" is invalid: %s".formatted(kind.qualified(), kind.name(), all),
        details(kind).put("causes", causes).build());
  }

  /// A request that was understood but cannot be followed, such as a patch whose test fails. Models
  /// NewGenericServerResponse.
  public static StatusException unprocessable() {
    return of(
        StatusReason.INVALID, "the server rejected our request due to an error in our request");
  }

  public static StatusException badRequest(String message) {
    return of(StatusReason.BAD_REQUEST, message);
  }

  public static StatusException unauthorized() {
    return of(StatusReason.UNAUTHORIZED, "Unauthorized");
  }

  public static StatusException methodNotAllowed() {
    return of(
        StatusReason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }

  /// A path that names nothing the server knows.
  public static StatusException unknownPath() {
    return new StatusException(
        StatusReason.NOT_FOUND,
        "the server could not find the requested resource",
        JsonObject.EMPTY);
  }

  /// @param cause what is behind it, with the type of that cause
  public static StatusException tooManyRequests(
      String message, String causeType, String cause, int retryAfterSeconds) {
    JsonObject.Builder details =
        JsonObject.builder()
            .put(
                "causes",
                JsonArray.of(
                    JsonObject.of("reason", Json.of(causeType), "message", Json.of(cause))));
    if (retryAfterSeconds > 0) {
      details.put("retryAfterSeconds", retryAfterSeconds);
    }
    return new StatusException(StatusReason.TOO_MANY_REQUESTS, message, details.build());
  }

  public static StatusException expired(String message) {
    return of(StatusReason.EXPIRED, message);
  }

  /// A page of a list that can no longer be had as it was.
  ///
  /// @param continueToken how to go on with what is there now
  public static StatusException expiredList(String message, String continueToken) {
    return new StatusException(
        StatusReason.EXPIRED,
        message,
        JsonObject.EMPTY,
        JsonObject.builder().put("continue", continueToken).build());
  }

  /// A resourceVersion that is still to come.
  public static StatusException tooLargeResourceVersion(long wanted, long current) {
    JsonObject cause =
        JsonObject.of(
            "reason",
            dev.drydock.cluster.apimachinery.json.Json.of("ResourceVersionTooLarge"),
            "message",
            dev.drydock.cluster.apimachinery.json.Json.of("Too large resource version"));
    return new StatusException(
        StatusReason.TIMEOUT,
        "Timeout: Too large resource version: %d, current: %d".formatted(wanted, current),
        JsonObject.builder()
            .put("causes", JsonArray.of(cause))
            .put("retryAfterSeconds", 1)
            .build());
  }

  public static StatusException of(StatusReason reason, String message) {
    return new StatusException(reason, message, JsonObject.EMPTY);
  }
}
