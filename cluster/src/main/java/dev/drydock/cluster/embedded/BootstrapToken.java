package dev.drydock.cluster.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The token by which nodes join: kind's, the same in every cluster, and known to everybody.
///
/// Models cluster-bootstrap/token/jws.
final class BootstrapToken {
  private static final String SECRET = "0123456789abcdef";
  private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"abcdef\"}";

  private BootstrapToken() {}

  /// A detached JSON web signature of a text.
  static String sign(String text) {
    String header = base64(HEADER.getBytes(StandardCharsets.UTF_8));
    String signed = header + "." + base64(text.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return header + ".." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
