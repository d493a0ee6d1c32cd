package dev.drydock.cluster.cri;

import org.jspecify.annotations.Nullable;

/// An exec or attach as the runtime keeps it.
///
/// @param exitCode null while the process runs
record Session(
    String id, String containerId, byte[] stdout, byte[] stderr, @Nullable Integer exitCode) {
  static final byte[] NOTHING = new byte[0];
}
