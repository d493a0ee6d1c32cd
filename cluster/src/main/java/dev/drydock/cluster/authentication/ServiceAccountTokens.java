package dev.drydock.cluster.authentication;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks the tokens of service accounts: JSON Web Tokens with the claims of upstream's
/// bound tokens. They are signed with HMAC, where a real cluster uses RSA.
///
/// Models pkg/serviceaccount.
public final class ServiceAccountTokens {
  public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String HEADER =
      encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

  private final ClusterIdentity identity;

  public ServiceAccountTokens(ClusterIdentity identity) {
    this.identity = identity;
  }

  /// A token of a service account.
  ///
  /// @param audience empty for the API server itself
  /// @param pod the pod it is bound to: it ends with it
  public String create(
      JsonObject serviceAccount,
      String audience,
      Instant now,
      Instant expires,
      String id,
      Optional<JsonObject> pod) {
    String namespace = ObjectMeta.namespace(serviceAccount);
    JsonObject.Builder bound =
        JsonObject.builder()
            .put("namespace", namespace)
            .put("serviceaccount", reference(serviceAccount));
    pod.ifPresent(object -> bound.put("pod", reference(object)));
    JsonObject claims =
        JsonObject.builder()
            .put("aud", JsonArray.of(Json.of(audience.isEmpty() ? ISSUER : audience)))
            .put("exp", expires.getEpochSecond())
            .put("iat", now.getEpochSecond())
            .put("iss", ISSUER)
            .put("jti", id)
            .put("kubernetes.io", bound.build())
            .put("nbf", now.getEpochSecond())
            .put("sub", user(namespace, ObjectMeta.name(serviceAccount)))
            .build();
    String content = HEADER + "." + encode(JsonWriter.bytes(claims));
    return content + "." + encode(sign(content));
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

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  private byte[] sign(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(identity.signingKey(), "HmacSHA256"));
      return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
    }
  }

  /// Whose token it is, if it is one of this cluster, still valid, and what it is bound to still
  /// exists.
  public Optional<UserInfo> authenticate(String token, Store store, Instant now) {
    int lastDot = token.lastIndexOf('.');
    if (lastDot < 0) {
      return Optional.empty();
    }
    try {
      String content = token.substring(0, lastDot);
      byte[] signature = DECODER.decode(token.substring(lastDot + 1));
      boolean genuine = MessageDigest.isEqual(signature, sign(content));
      return genuine ? user(claims(content), store, now) : Optional.empty();
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static JsonObject claims(String content) throws JsonSyntaxException {
    byte[] json = DECODER.decode(content.substring(content.indexOf('.') + 1));
    return JsonParser.parse(json) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static Optional<UserInfo> user(JsonObject claims, Store store, Instant now) {
    JsonObject bound = claims.object("kubernetes.io");
    String namespace = bound.string("namespace");
    boolean valid =
        now.getEpochSecond() < claims.integer(0, "exp")
            && claims.array("aud").strings().anyMatch(ISSUER::equals)
            && exists("serviceaccounts", namespace, bound.object("serviceaccount"), store)
            && (!bound.has("pod") || exists("pods", namespace, bound.object("pod"), store));
    if (!valid) {
      return Optional.empty();
    }
    ImmutableMap.Builder<String, ImmutableList<String>> extra = ImmutableMap.builder();
    extra.put(
        "authentication.kubernetes.io/credential-id",
        ImmutableList.of("JTI=" + claims.string("jti")));
    if (bound.has("pod")) {
      extra.put(
          "authentication.kubernetes.io/pod-name", ImmutableList.of(bound.string("pod", "name")));
      extra.put(
          "authentication.kubernetes.io/pod-uid", ImmutableList.of(bound.string("pod", "uid")));
    }
    return Optional.of(
        new UserInfo(
            claims.string("sub"),
            bound.string("serviceaccount", "uid"),
            ImmutableList.of(
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                UserInfo.ALL_AUTHENTICATED),
            extra.build()));
  }

  private static boolean exists(
      String resource, String namespace, JsonObject reference, Store store) {
    return store
        .get(new ObjectKey(resource, namespace, reference.string("name")))
        .filter(stored -> ObjectMeta.uid(stored.object()).equals(reference.string("uid")))
        .isPresent();
  }
}
