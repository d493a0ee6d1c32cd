package dev.drydock.cluster.cri;

import dev.drydock.cluster.image.Image;
import java.time.Instant;

/// What the runtime knows of a container.
///
/// @param id 64 hexadecimal digits
/// @param cpuNanos CPU time used so far
/// @param memoryBytes held now
public record ContainerStatus(
    String id,
    String sandboxId,
    ContainerConfig config,
    Image image,
    Instant createdAt,
    ContainerState state,
    long cpuNanos,
    long memoryBytes) {}
