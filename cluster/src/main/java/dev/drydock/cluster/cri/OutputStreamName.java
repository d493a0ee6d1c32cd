package dev.drydock.cluster.cri;

/// Which of a process's two output streams bytes came from.
public enum OutputStreamName {
  STDOUT,
  STDERR
}
