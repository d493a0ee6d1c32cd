package dev.drydock.cluster.authentication;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/// JSON Web Tokens as the API server signs them (ES256), and the documents by which others can
/// check them. Models pkg/serviceaccount/jwt.go and openidmetadata.go.
public final class JsonWebKeys {
  private static final int NUMBER_BYTES = 32;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private JsonWebKeys() {}

  /// A compact token of these claims.
  static String sign(byte[] claims, SigningKey key) {
    String header = "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(keyId(key));
    String content =
        ENCODER.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + ENCODER.encodeToString(claims);
    SigningKey.Signature signature = key.sign(content.getBytes(StandardCharsets.UTF_8));
    byte[] both = new byte[2 * NUMBER_BYTES];
    System.arraycopy(fixed(signature.r()), 0, both, 0, NUMBER_BYTES);
    System.arraycopy(fixed(signature.s()), 0, both, NUMBER_BYTES, NUMBER_BYTES);
    return content + "." + ENCODER.encodeToString(both);
  }

  /// The claims of a token that this key signed; empty for any other text.
  static Optional<byte[]> verified(String token, SigningKey key) {
    int lastDot = token.lastIndexOf('.');
    if (lastDot < 0 || token.indexOf('.') == lastDot) {
      return Optional.empty();
    }
    try {
      String content = token.substring(0, lastDot);
      byte[] both = DECODER.decode(token.substring(lastDot + 1));
      if (both.length != 2 * NUMBER_BYTES) {
        return Optional.empty();
      }
      SigningKey.Signature signature =
          new SigningKey.Signature(
              new BigInteger(1, Arrays.copyOf(both, NUMBER_BYTES)),
              new BigInteger(1, Arrays.copyOfRange(both, NUMBER_BYTES, both.length)));
      return key.verifies(content.getBytes(StandardCharsets.UTF_8), signature)
          ? Optional.of(DECODER.decode(content.substring(content.indexOf('.') + 1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] fixed(BigInteger number) {
    return BigIntegers.asUnsignedByteArray(NUMBER_BYTES, number);
  }

  private static String keyId(SigningKey key) {
    return ENCODER.encodeToString(
        Arrays.copyOf(key.publicKey().getQ().getEncoded(true), NUMBER_BYTES));
  }

  /// The document of `/openid/v1/jwks`.
  public static JsonObject keySet(ClusterIdentity identity) {
    SigningKey key = SigningKey.ofTokens(identity);
    ECPoint point = key.publicKey().getQ();
    JsonObject web =
        JsonObject.builder()
            .put("use", "sig")
            .put("kty", "EC")
            .put("kid", keyId(key))
            .put("crv", "P-256")
            .put("alg", "ES256")
            .put("x", ENCODER.encodeToString(fixed(point.getAffineXCoord().toBigInteger())))
            .put("y", ENCODER.encodeToString(fixed(point.getAffineYCoord().toBigInteger())))
            .build();
    return JsonObject.of("keys", JsonArray.of(web));
  }

  /// The document of `/.well-known/openid-configuration`.
  ///
  /// @param serverAddress host and port under which clients reach the server
  public static JsonObject configuration(String serverAddress) {
    return JsonObject.builder()
        .put("issuer", ServiceAccountTokens.ISSUER)
        .put("jwks_uri", "https://" + serverAddress + "/openid/v1/jwks")
        .put("response_types_supported", JsonArray.ofStrings(java.util.List.of("id_token")))
        .put("subject_types_supported", JsonArray.ofStrings(java.util.List.of("public")))
        .put(
            "id_token_signing_alg_values_supported",
            JsonArray.ofStrings(java.util.List.of("ES256")))
        .build();
  }
}
