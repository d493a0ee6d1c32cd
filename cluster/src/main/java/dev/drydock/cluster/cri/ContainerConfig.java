package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/// What a container is to be. Models the CRI message of that name, with what the kubelet resolves
/// before: images by reference, environment complete, `$(VAR)` expanded.
///
/// @param image the reference of the pod spec; must be present on the node
/// @param command replaces the image's entrypoint; empty to keep it
/// @param args replaces the image's cmd; empty to keep it unless there is a command
/// @param env added to the image's environment
/// @param workingDir empty for the image's own
/// @param user as in {@link dev.drydock.cluster.image.ImageConfig}; null for the image's own
/// @param memoryLimitBytes 0 for none
/// @param cpuLimitMillis thousandths of a CPU; 0 for none
/// @param attempt how often the container was created before; `restartCount`
public record ContainerConfig(
    String name,
    int attempt,
    String image,
    ImmutableList<String> command,
    ImmutableList<String> args,
    ImmutableMap<String, String> env,
    String workingDir,
    ImmutableList<VolumeMount> mounts,
    @Nullable String user,
    boolean readOnlyRootFilesystem,
    boolean tty,
    boolean stdin,
    long memoryLimitBytes,
    int cpuLimitMillis) {

  /// A container of an image's own command with nothing added.
  public static ContainerConfig of(String name, String image, String... command) {
    return new ContainerConfig(
        name,
        0,
        image,
        ImmutableList.copyOf(command),
        ImmutableList.of(),
        ImmutableMap.of(),
        "",
        ImmutableList.of(),
        null,
        false,
        false,
        false,
        0,
        0);
  }

  public ContainerConfig withAttempt(int value) {
    return new ContainerConfig(
        name,
        value,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        user,
        readOnlyRootFilesystem,
        tty,
        stdin,
        memoryLimitBytes,
        cpuLimitMillis);
  }

  public ContainerConfig withMounts(VolumeMount... values) {
    return new ContainerConfig(
        name,
        attempt,
        image,
        command,
        args,
        env,
        workingDir,
        ImmutableList.copyOf(values),
        user,
        readOnlyRootFilesystem,
        tty,
        stdin,
        memoryLimitBytes,
        cpuLimitMillis);
  }

  public ContainerConfig withEnv(ImmutableMap<String, String> values) {
    return new ContainerConfig(
        name,
        attempt,
        image,
        command,
        args,
        values,
        workingDir,
        mounts,
        user,
        readOnlyRootFilesystem,
        tty,
        stdin,
        memoryLimitBytes,
        cpuLimitMillis);
  }

  public ContainerConfig withLimits(long memoryBytes, int cpuMillis) {
    return new ContainerConfig(
        name,
        attempt,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        user,
        readOnlyRootFilesystem,
        tty,
        stdin,
        memoryBytes,
        cpuMillis);
  }

  public ContainerConfig withTerminal(boolean withTty, boolean withStdin) {
    return new ContainerConfig(
        name,
        attempt,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        user,
        readOnlyRootFilesystem,
        withTty,
        withStdin,
        memoryLimitBytes,
        cpuLimitMillis);
  }
}
