package dev.drydock.cluster.cri;

/// A call that the container runtime refuses, in containerd's or runc's words.
public final class CriException extends Exception {
  public CriException(String message) {
    super(message);
  }
}
