package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.authentication.ServiceAccountTokens;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.Authorizer.Decision;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;
import dev.drydock.cluster.storage.Transaction;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Questions that look like objects: who am I, may I, what may I. Nothing is stored.
///
/// Models pkg/registry/authorization and pkg/registry/authentication.
public final class Reviews {
  private static final Set<String> RESOURCES =
      Set.of(
          "selfsubjectreviews",
          "tokenreviews",
          "selfsubjectaccessreviews",
          "selfsubjectrulesreviews",
          "subjectaccessreviews",
          "localsubjectaccessreviews");

  private final RequestBodies bodies;
  private final Authorizer authorizer;

  public Reviews(RequestBodies bodies, Authorizer authorizer) {
    this.bodies = bodies;
    this.authorizer = authorizer;
  }

  public boolean answers(ApiResource resource) {
    return RESOURCES.contains(resource.plural());
  }

  public Reply answer(ServerRequest request, ApiResource resource) {
    if (!request.info().verb().equals("create")) {
      throw StatusException.methodNotAllowed();
    }
    JsonObject review = bodies.decode(request, resource.groupVersionKind());
    JsonObject status =
        switch (resource.plural()) {
          case "selfsubjectreviews" -> JsonObject.of("userInfo", userInfo(request.user()));
          case "tokenreviews" -> token(request, review.object("spec"));
          case "selfsubjectrulesreviews" -> rules(request, review.string("spec", "namespace"));
          case "selfsubjectaccessreviews" -> access(request, review, request.user());
          default -> {
            ReviewValidation.subject(review, resource, request.info().namespace());
            yield access(request, review, subject(review));
          }
        };
    JsonObject answered = review.withObject("metadata", metadata -> metadata);
    if (resource.plural().equals("selfsubjectreviews")) {
      String now = Times.seconds(request.transaction().now());
      answered = answered.withAt(Json.of(now), "metadata", "creationTimestamp");
    }
    return new Reply.Single(201, answered.with("status", status));
  }

  private static JsonObject userInfo(UserInfo user) {
    JsonObject.Builder info =
        JsonObject.builder()
            .put("username", user.name())
            .putUnlessEmpty("uid", user.uid())
            .put("groups", JsonArray.ofStrings(user.groups()));
    JsonObject.Builder extra = JsonObject.builder();
    user.extra().forEach((key, values) -> extra.put(key, JsonArray.ofStrings(values)));
    return info.putUnlessEmpty("extra", extra.build()).build();
  }

  private static UserInfo subject(JsonObject review) {
    JsonObject spec = review.object("spec");
    return new UserInfo(
        spec.string("user"),
        spec.string("uid"),
        ImmutableList.copyOf(spec.array("groups").strings().toList()),
        ImmutableMap.of());
  }

  /// Whose token it is. Models pkg/registry/authentication/tokenreview.
  private static JsonObject token(ServerRequest request, JsonObject spec) {
    String token = spec.string("token");
    if (token.isEmpty()) {
      throw StatusException.badRequest("token is required for TokenReview in authentication");
    }
    Transaction transaction = request.transaction();
    ServiceAccountTokens tokens = new ServiceAccountTokens(transaction.identity());
    List<String> asked = spec.array("audiences").strings().toList();
    List<String> audiences = asked.isEmpty() ? List.of(ServiceAccountTokens.ISSUER) : asked;
    return tokens
        .authenticate(token, audiences, transaction.store(), transaction.now())
        .map(
            user ->
                JsonObject.builder()
                    .put("authenticated", true)
                    .put("user", userInfo(user))
                    .putUnlessEmpty(
                        "audiences",
                        JsonArray.ofStrings(
                            audiences.stream().filter(isAudience(tokens, token)).toList()))
                    .build())
        .orElseGet(
            () ->
                JsonObject.of(
                    "user", JsonObject.EMPTY, "error", Json.of("[invalid bearer token]")));
  }

  private static Predicate<String> isAudience(ServiceAccountTokens tokens, String token) {
    ImmutableList<String> own = tokens.audiences(token);
    return audience -> own.isEmpty() || own.contains(audience);
  }

  private JsonObject access(ServerRequest request, JsonObject review, UserInfo user) {
    ReviewValidation.attributes(review);
    Decision decision =
        authorizer.authorize(
            attributes(review.object("spec"), user), request.transaction().store());
    return JsonObject.builder()
        .put("allowed", decision.allowed())
        .putUnlessEmpty("reason", decision.reason())
        .build();
  }

  private static Attributes attributes(JsonObject spec, UserInfo user) {
    @Nullable Json path = spec.at("nonResourceAttributes", "path");
    JsonObject asked =
        path == null ? spec.object("resourceAttributes") : spec.object("nonResourceAttributes");
    return new Attributes(
        user,
        asked.string("verb"),
        asked.string("namespace"),
        asked.string("group"),
        asked.string("resource"),
        asked.string("subresource"),
        asked.string("name"),
        path == null,
        asked.string("path"));
  }

  private static JsonObject rules(ServerRequest request, String namespace) {
    ImmutableList.Builder<Json> resourceRules = ImmutableList.builder();
    ImmutableList.Builder<Json> otherRules = ImmutableList.builder();
    RbacAuthorizer.rulesFor(request.user(), namespace, request.transaction().store())
        .forEach(rule -> (rule.has("nonResourceURLs") ? otherRules : resourceRules).add(rule));
    return JsonObject.builder()
        .put("resourceRules", new JsonArray(resourceRules.build()))
        .put("nonResourceRules", new JsonArray(otherRules.build()))
        .put("incomplete", false)
        .build();
  }
}
