package dev.drydock.cluster.embedded;

import dev.drydock.cluster.authentication.ClusterIdentity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Identities of clusters that nobody reaches from outside.
final class Identities {
  private static final String NO_CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";

  private Identities() {}

  /// The same seed gives the same identity.
  static ClusterIdentity ofSeed(long seed) {
    try {
      byte[] key =
          MessageDigest.getInstance("SHA-256")
              .digest(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
      return new ClusterIdentity(key, NO_CERTIFICATE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
