package dev.drydock.cluster.authentication;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes and checks the tokens of service accounts: JSON Web Tokens with the claims of upstream's
/// bound tokens, and those that secrets hold for good. They are signed with ECDSA, where a cluster
/// of kubeadm uses RSA.
///
/// Models pkg/serviceaccount.
public final class ServiceAccountTokens {
  public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  private static final String LEGACY_ISSUER = "kubernetes/serviceaccount";
  private static final String LEGACY = LEGACY_ISSUER.replace("kubernetes/", "kubernetes.io/") + "/";
  private static final ImmutableList<String> BOUND_KINDS =
      ImmutableList.of("pod", "secret", "node");

  private final SigningKey key;

  public ServiceAccountTokens(ClusterIdentity identity) {
    this.key = SigningKey.ofTokens(identity);
  }

  /// What a token is for.
  ///
  /// @param audiences empty for the API server itself
  /// @param bound what it ends with: a pod, secret or node
  public record Request(
      JsonObject serviceAccount,
      List<String> audiences,
      Instant now,
      Instant expires,
      String id,
      Optional<JsonObject> bound) {}

  /// A token of a service account.
  public String create(Request request) {
    String namespace = ObjectMeta.namespace(request.serviceAccount());
    JsonObject.Builder bound = JsonObject.builder().put("namespace", namespace);
    request
        .bound()
        .ifPresent(
            object -> bound.put(object.string("kind").toLowerCase(Locale.ROOT), reference(object)));
    bound.put("serviceaccount", reference(request.serviceAccount()));
    List<String> audiences = request.audiences().isEmpty() ? List.of(ISSUER) : request.audiences();
    return sign(
        JsonObject.builder()
            .put("aud", JsonArray.ofStrings(audiences))
            .put("exp", request.expires().getEpochSecond())
            .put("iat", request.now().getEpochSecond())
            .put("iss", ISSUER)
            .put("jti", request.id())
            .put("kubernetes.io", bound.build())
            .put("nbf", request.now().getEpochSecond())
            .put("sub", user(namespace, ObjectMeta.name(request.serviceAccount())))
            .build());
  }

  /// A token without end, which a secret holds.
  public String createLegacy(JsonObject serviceAccount, JsonObject secret) {
    String namespace = ObjectMeta.namespace(serviceAccount);
    String name = ObjectMeta.name(serviceAccount);
    return sign(
        JsonObject.builder()
            .put("iss", LEGACY_ISSUER)
            .put(LEGACY + "namespace", namespace)
            .put(LEGACY + "secret.name", ObjectMeta.name(secret))
            .put(LEGACY + "service-account.name", name)
            .put(LEGACY + "service-account.uid", ObjectMeta.uid(serviceAccount))
            .put("sub", user(namespace, name))
            .build());
  }

  private String sign(JsonObject claims) {
    return JsonWebKeys.sign(JsonWriter.bytes(claims), key);
  }

  private static JsonObject reference(JsonObject object) {
    return JsonObject.builder()
        .put("name", ObjectMeta.name(object))
        .put("uid", ObjectMeta.uid(object))
        .build();
  }

  private static String user(String namespace, String name) {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  /// Whose token it is, if it is one of this cluster for the API server, still valid, and what it
  /// is bound to still exists.
  public Optional<UserInfo> authenticate(String token, Store store, Instant now) {
    return authenticate(token, List.of(ISSUER), store, now);
  }

  /// As {@link #authenticate(String, Store, Instant)}, for one of these audiences.
  public Optional<UserInfo> authenticate(
      String token, List<String> audiences, Store store, Instant now) {
    return claims(token)
        .flatMap(
            claims ->
                claims.string("iss").equals(LEGACY_ISSUER)
                    ? legacyUser(claims, token, audiences, store)
                    : user(claims, audiences, store, now));
  }

  /// The audiences that a token is for; none where it is no token of this cluster.
  public ImmutableList<String> audiences(String token) {
    return claims(token)
        .map(claims -> claims.array("aud").strings().collect(ImmutableList.toImmutableList()))
        .orElse(ImmutableList.of());
  }

  private Optional<JsonObject> claims(String token) {
    return JsonWebKeys.verified(token, key)
        .map(
            bytes -> {
              try {
                return JsonParser.parse(bytes) instanceof JsonObject object
                    ? object
                    : JsonObject.EMPTY;
              } catch (JsonSyntaxException e) {
                return JsonObject.EMPTY;
              }
            });
  }

  private static Optional<UserInfo> user(
      JsonObject claims, List<String> audiences, Store store, Instant now) {
    JsonObject bound = claims.object("kubernetes.io");
    String namespace = bound.string("namespace");
    boolean valid =
        now.getEpochSecond() < claims.integer(0, "exp")
            && claims.array("aud").strings().anyMatch(audiences::contains)
            && exists("serviceaccounts", namespace, bound.object("serviceaccount"), store)
            && BOUND_KINDS.stream()
                .filter(bound::has)
                .allMatch(
                    kind ->
                        exists(
                            kind + "s",
                            kind.equals("node") ? "" : namespace,
                            bound.object(kind),
                            store));
    if (!valid) {
      return Optional.empty();
    }
    ImmutableMap.Builder<String, ImmutableList<String>> extra = ImmutableMap.builder();
    extra.put(
        "authentication.kubernetes.io/credential-id",
        ImmutableList.of("JTI=" + claims.string("jti")));
    for (String kind : List.of("node", "pod")) {
      if (bound.has(kind)) {
        extra.put(
            "authentication.kubernetes.io/" + kind + "-name",
            ImmutableList.of(bound.string(kind, "name")));
        extra.put(
            "authentication.kubernetes.io/" + kind + "-uid",
            ImmutableList.of(bound.string(kind, "uid")));
      }
    }
    return Optional.of(
        info(
            claims.string("sub"), bound.string("serviceaccount", "uid"), namespace, extra.build()));
  }

  /// A token of a secret holds while the secret does, and no audience was asked for but ours.
  private static Optional<UserInfo> legacyUser(
      JsonObject claims, String token, List<String> audiences, Store store) {
    String namespace = claims.string(LEGACY + "namespace");
    JsonObject account =
        JsonObject.builder()
            .put("name", claims.string(LEGACY + "service-account.name"))
            .put("uid", claims.string(LEGACY + "service-account.uid"))
            .build();
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    boolean held =
        store
            .get(new ObjectKey("secrets", namespace, claims.string(LEGACY + "secret.name")))
            .filter(secret -> !ObjectMeta.isBeingDeleted(secret.object()))
            .filter(
                secret ->
                    secret
                        .object()
                        .string("data", "token")
                        .equals(Base64.getEncoder().encodeToString(bytes)))
            .isPresent();
    return held
            && audiences.contains(ISSUER)
            && exists("serviceaccounts", namespace, account, store)
        ? Optional.of(
            info(claims.string("sub"), account.string("uid"), namespace, ImmutableMap.of()))
        : Optional.empty();
  }

  private static UserInfo info(
      String name,
      String uid,
      String namespace,
      ImmutableMap<String, ImmutableList<String>> extra) {
    return new UserInfo(
        name,
        uid,
        ImmutableList.of(
            "system:serviceaccounts",
            "system:serviceaccounts:" + namespace,
            UserInfo.ALL_AUTHENTICATED),
        extra);
  }

  private static boolean exists(
      String resource, String namespace, JsonObject reference, Store store) {
    return store
        .get(new ObjectKey(resource, namespace, reference.string("name")))
        .filter(stored -> ObjectMeta.uid(stored.object()).equals(reference.string("uid")))
        .isPresent();
  }
}
