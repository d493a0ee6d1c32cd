package dev.drydock.cluster;

/// What a cluster can do beyond serving the Kubernetes API; an exercise's `needs` names these.
public enum Capability {
  CLUSTER_ADMIN("cluster-admin"),
  DEFAULT_NAMESPACE("default-namespace"),
  METRICS("metrics"),
  FORK("fork"),
  CLOCK("clock"),
  REAL_CONTAINERS("real-containers");

  private final String word;

  Capability(String word) {
    this.word = word;
  }

  /// The word that `needs` in exercise.yaml uses.
  public String word() {
    return word;
  }
}
