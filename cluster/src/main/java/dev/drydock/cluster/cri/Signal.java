package dev.drydock.cluster.cri;

/// A signal the kubelet sends to a container's main process.
public enum Signal {
  SIGTERM(15),
  SIGKILL(9),
  SIGQUIT(3),
  SIGINT(2),
  SIGHUP(1);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
