package dev.drydock.cluster.authentication;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// A key pair on P-256 that follows from a cluster's secret, so that the same cluster always has
/// the same one. Its signatures are deterministic (RFC 6979).
public final class SigningKey {
  /// What a signature is made of.
  public record Signature(BigInteger r, BigInteger s) {}

  private static final ECDomainParameters CURVE =
      new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

  private static final LoadingCache<ClusterIdentity, SigningKey> TOKENS = cache("tokens");
  private static final LoadingCache<ClusterIdentity, SigningKey> AUTHORITIES = cache("authority");

  private final ECPrivateKeyParameters privateKey;
  private final ECPublicKeyParameters publicKey;

  private SigningKey(BigInteger scalar) {
    privateKey = new ECPrivateKeyParameters(scalar, CURVE);
    publicKey =
        new ECPublicKeyParameters(
            new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize(), CURVE);
  }

  private static LoadingCache<ClusterIdentity, SigningKey> cache(String purpose) {
    return CacheBuilder.newBuilder()
        .weakKeys()
        .build(CacheLoader.from(identity -> derive(identity.signingKey(), purpose)));
  }

  /// The key a cluster signs service account tokens with.
  public static SigningKey ofTokens(ClusterIdentity identity) {
    return TOKENS.getUnchecked(identity);
  }

  /// The key of the authority that signs a cluster's client certificates.
  public static SigningKey ofAuthority(ClusterIdentity identity) {
    return AUTHORITIES.getUnchecked(identity);
  }

  private static SigningKey derive(byte[] secret, String purpose) {
    byte[] wide = new byte[64];
    for (int half = 0; half < 2; half++) {
      byte[] part = hmac(secret, purpose + half);
      System.arraycopy(part, 0, wide, 32 * half, 32);
    }
    BigInteger order = CURVE.getN().subtract(BigInteger.ONE);
    return new SigningKey(new BigInteger(1, wide).mod(order).add(BigInteger.ONE));
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
    }
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public Signature sign(byte[] content) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, privateKey);
    BigInteger[] numbers = signer.generateSignature(sha256(content));
    return new Signature(numbers[0], numbers[1]);
  }

  public boolean verifies(byte[] content, Signature signature) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, publicKey);
    return signer.verifySignature(sha256(content), signature.r(), signature.s());
  }

  public ECPublicKeyParameters publicKey() {
    return publicKey;
  }
}
