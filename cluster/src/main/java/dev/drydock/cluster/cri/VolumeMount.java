package dev.drydock.cluster.cri;

/// A volume grafted into a container's file system.
///
/// @param volume which volume; see {@link VolumeService}
/// @param subPath a path inside the volume, or empty for its root
public record VolumeMount(String volume, String mountPath, String subPath, boolean readOnly) {}
