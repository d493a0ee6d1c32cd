package dev.drydock.cluster.image;

/// A pull that cannot succeed, in the words containerd uses behind the CRI's gRPC.
public final class PullException extends Exception {
  private PullException(String message) {
    super(message);
  }

  /// The repository exists, the tag does not.
  static PullException noSuchTag(ImageReference reference) {
    return new PullException(
        "rpc error: code = NotFound desc = failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": %1$s: not found"
            .formatted(reference));
  }

  /// Docker Hub does not tell a repository that is missing from one that is private.
  static PullException noSuchRepository(ImageReference reference) {
    return new PullException(
        "rpc error: code = Unknown desc = failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"
            .formatted(reference));
  }
}
