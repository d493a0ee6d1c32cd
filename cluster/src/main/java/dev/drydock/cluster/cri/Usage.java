package dev.drydock.cluster.cri;

import java.time.Duration;
import java.time.Instant;

/// What a container uses: CPU on average over a window of time, memory at its end.
///
/// @param cpuNanos billionths of a CPU
public record Usage(Instant at, Duration window, long cpuNanos, long memoryBytes) {}
