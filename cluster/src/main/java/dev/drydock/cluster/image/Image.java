package dev.drydock.cluster.image;

import dev.drydock.cluster.os.FileSystem;

/// A container image: what a registry would serve for one reference.
///
/// @param id `sha256:` and 64 hexadecimal digits
/// @param repoDigest the repository with the digest of its manifest, as `imageID` in a pod's status
/// @param sizeBytes compressed size, which the time of a pull is estimated from
/// @param files what containers start with
public record Image(
    ImageReference reference,
    String id,
    String repoDigest,
    long sizeBytes,
    ImageConfig config,
    FileSystem files) {
  @Override
  public String toString() {
    return "Image[" + reference + "]";
  }
}
