package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.Authorizer.Decision;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Questions that look like objects: who am I, may I, what may I. Nothing is stored.
///
/// Models pkg/registry/authorization and pkg/registry/authentication.
public final class Reviews {
  private static final Set<String> RESOURCES =
      Set.of(
          "selfsubjectreviews",
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
    JsonObject review = bodies.decode(request, resource.groupVersionKind());
    JsonObject status =
        switch (resource.plural()) {
          case "selfsubjectreviews" -> JsonObject.of("userInfo", userInfo(request.user()));
          case "selfsubjectrulesreviews" -> rules(request, review.string("spec", "namespace"));
          case "selfsubjectaccessreviews" -> access(request, review, request.user());
          default -> access(request, review, subject(review));
        };
    return new Reply.Single(
        201, review.withObject("metadata", metadata -> metadata).with("status", status));
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

  private JsonObject access(ServerRequest request, JsonObject review, UserInfo user) {
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
