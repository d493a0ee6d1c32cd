package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.authentication.ServiceAccountTokens;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.StoredObject;
import dev.drydock.cluster.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes tokens of service accounts: their subresource `token`, which `kubectl create token` uses.
/// Models pkg/registry/core/serviceaccount/storage.TokenREST.
final class TokenHandler {
  private static final FieldPath SECONDS = FieldPath.of("spec").child("expirationSeconds");
  private static final long SECONDS_MIN = 600;
  private static final long SECONDS_MAX = 1L << 32;
  private static final long SECONDS_DEFAULT = 3600;

  private final RequestBodies bodies;

  TokenHandler(RequestBodies bodies) {
    this.bodies = bodies;
  }

  Reply answer(ServerRequest request, ResourceStore store) {
    JsonObject account =
        store
            .get(ReadHandler.context(request), request.info().namespace(), request.info().name())
            .object();
    JsonObject asked =
        bodies.decode(
            request, new GroupVersion("authentication.k8s.io", "v1").kind("TokenRequest"));
    checkNames(asked, account);
    JsonObject spec = asked.object("spec");
    long seconds = spec.integer(SECONDS_DEFAULT, "expirationSeconds");
    checkSeconds(seconds, ObjectMeta.name(account));
    Transaction transaction = request.transaction();
    Instant expires = transaction.now().plusSeconds(seconds);
    List<String> audiences = spec.array("audiences").strings().toList();
    String token =
        new ServiceAccountTokens(transaction.identity())
            .create(
                new ServiceAccountTokens.Request(
                    account,
                    audiences,
                    transaction.now(),
                    expires,
                    GeneratedNames.uid(transaction.random()),
                    bound(spec, account, transaction)));
    return new Reply.Single(
        201, answered(account, spec, audiences, seconds, token, expires, transaction));
  }

  private static JsonObject answered(
      JsonObject account,
      JsonObject spec,
      List<String> audiences,
      long seconds,
      String token,
      Instant expires,
      Transaction transaction) {
    Json bound = spec.get("boundObjectRef");
    return JsonObject.builder()
        .put("kind", "TokenRequest")
        .put("apiVersion", "authentication.k8s.io/v1")
        .put(
            "metadata",
            JsonObject.builder()
                .put("name", ObjectMeta.name(account))
                .put("namespace", ObjectMeta.namespace(account))
                .put("creationTimestamp", Times.seconds(transaction.now()))
                .build())
        .put(
            "spec",
            JsonObject.builder()
                .put(
                    "audiences",
                    JsonArray.ofStrings(
                        audiences.isEmpty() ? List.of(ServiceAccountTokens.ISSUER) : audiences))
                .put("expirationSeconds", seconds)
                .put("boundObjectRef", bound == null ? JsonNull.NULL : bound)
                .build())
        .put(
            "status",
            JsonObject.builder()
                .put("token", token)
                .put("expirationTimestamp", Times.seconds(expires))
                .build())
        .build();
  }

  private static void checkNames(JsonObject asked, JsonObject account) {
    String name = ObjectMeta.name(asked);
    if (!name.isEmpty() && !name.equals(ObjectMeta.name(account))) {
      throw StatusException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, ObjectMeta.name(account)));
    }
    String namespace = ObjectMeta.namespace(asked);
    if (!namespace.isEmpty() && !namespace.equals(ObjectMeta.namespace(account))) {
      throw StatusException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private static void checkSeconds(long seconds, String name) {
    FieldErrors errors = new FieldErrors();
    if (seconds < SECONDS_MIN) {
      errors.invalid(SECONDS, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > SECONDS_MAX) {
      errors.invalid(SECONDS, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    if (!errors.isEmpty()) {
      throw StatusException.invalid(
          new GroupResourceName("authentication.k8s.io", "TokenRequest", name), errors.list());
    }
  }

  /// The object a token is to end with.
  private static Optional<JsonObject> bound(
      JsonObject spec, JsonObject account, Transaction transaction) {
    if (!(spec.get("boundObjectRef") instanceof JsonObject reference)) {
      return Optional.empty();
    }
    String kind = reference.string("kind");
    boolean known =
        List.of("Pod", "Secret", "Node").contains(kind)
            && reference.string("apiVersion").equals("v1");
    if (!known) {
      throw StatusException.badRequest(
          "cannot bind token for serviceaccount \"%s\" to type %s"
              .formatted(ObjectMeta.name(account), kindText(reference)));
    }
    String resource = kind.toLowerCase(Locale.ROOT) + "s";
    String name = reference.string("name");
    JsonObject object =
        transaction
            .store()
            .get(
                new ObjectKey(
                    resource, kind.equals("Node") ? "" : ObjectMeta.namespace(account), name))
            .map(StoredObject::object)
            .orElseThrow(() -> StatusException.notFound(new GroupResourceName("", resource, name)));
    checkBound(kind, object, reference, account);
    return Optional.of(object.with("kind", kind));
  }

  private static String kindText(JsonObject reference) {
    return reference.string("apiVersion") + ", Kind=" + reference.string("kind");
  }

  private static void checkBound(
      String kind, JsonObject object, JsonObject reference, JsonObject account) {
    String runsAs = object.string("spec", "serviceAccountName");
    if (kind.equals("Pod") && !runsAs.equals(ObjectMeta.name(account))) {
      throw StatusException.badRequest(
          "cannot bind token for serviceaccount \"%s\" to pod running with different"
                  .formatted(ObjectMeta.name(account))
              + " serviceaccount name.");
    }
    String uid = reference.string("uid");
    if (!uid.isEmpty() && !uid.equals(ObjectMeta.uid(object))) {
      throw StatusException.conflict(
          new GroupResourceName("", kind.toLowerCase(Locale.ROOT) + "s", ObjectMeta.name(object)),
          "the UID in the bound object reference (%s) does not match the UID in record. The object"
                  .formatted(uid)
              + " might have been deleted and then recreated");
    }
  }
}
