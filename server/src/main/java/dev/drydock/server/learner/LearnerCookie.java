package dev.drydock.server.learner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Learners' ids in signed cookie values: `id.signature`. The key lies in the data directory, so
/// that a cookie outlives a restart and means nothing to another workbook.
public final class LearnerCookie {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private LearnerCookie(byte[] key) {
    this.key = key;
  }

  /// The cookies of the workbook in this data directory; its key is made on first use.
  public static LearnerCookie in(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve("cookie.key");
    if (!Files.exists(file)) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      DurableFiles.write(file, fresh);
      DurableFiles.onlyForOwner(file);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length != KEY_BYTES) {
      throw new IOException(file + " is damaged; delete it (learners must join again)");
    }
    return new LearnerCookie(key);
  }

  /// The cookie's name. Browsers share cookies between the ports of a host, so workbooks with
  /// different data directories use different names.
  public String name() {
    return "drydock-" + HexFormat.of().formatHex(mac("name"), 0, 4);
  }

  public String sign(String learnerId) {
    return learnerId + "." + signature(learnerId);
  }

  /// The learner's id, if this workbook signed it.
  public Optional<String> verify(@Nullable String cookie) {
    int dot = cookie == null ? -1 : cookie.indexOf('.');
    if (cookie == null || dot < 0) {
      return Optional.empty();
    }
    String id = cookie.substring(0, dot);
    byte[] given = cookie.substring(dot + 1).getBytes(StandardCharsets.US_ASCII);
    byte[] right = signature(id).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(given, right) ? Optional.of(id) : Optional.empty();
  }

  private String signature(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac("learner:" + id));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
