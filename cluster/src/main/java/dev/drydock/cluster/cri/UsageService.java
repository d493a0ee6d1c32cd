package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/// What containers use of their nodes. Models the CRI's container stats, and the kernel's fair
/// scheduling: where a node is busy, CPU is shared out by requests.
public interface UsageService {

  /// What the measuring has to know beside what runs.
  ///
  /// @param nodeCpuMillis thousandths of a CPU, by node
  /// @param requestMillis thousandths of a CPU that were asked for, by container id; 0 for others
  record Shares(
      ImmutableMap<String, Integer> nodeCpuMillis, ImmutableMap<String, Integer> requestMillis) {}

  /// Measures every running container, over the time since it was measured last.
  void measure(Shares shares);

  /// What was measured last; empty for a container that has hardly begun to run.
  Optional<Usage> of(String containerId);
}
