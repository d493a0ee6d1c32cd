package dev.drydock.cluster.authentication;

import com.google.common.io.BaseEncoding;
import java.util.Arrays;

/// What makes a cluster itself and no other: the key it signs service account tokens with, and the
/// certificate of its authority. A learner's cluster gets a key that nobody can guess; a test's
/// comes from its seed.
///
/// @param signingKey 32 secret bytes
/// @param certificateAuthority PEM; what `kube-root-ca.crt` holds
public record ClusterIdentity(byte[] signingKey, String certificateAuthority) {

  public ClusterIdentity {
    signingKey = signingKey.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterIdentity that && Arrays.equals(signingKey, that.signingKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signingKey);
  }

  /// Not the key.
  @Override
  public String toString() {
    return "cluster identity " + BaseEncoding.base16().encode(new byte[] {(byte) hashCode()});
  }
}
