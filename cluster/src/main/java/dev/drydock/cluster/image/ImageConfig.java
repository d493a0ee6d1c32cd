package dev.drydock.cluster.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/// What an image says about how to run it. Models the OCI image configuration.
///
/// @param user `uid`, `uid:gid`, a name, or empty for root
public record ImageConfig(
    ImmutableList<String> entrypoint,
    ImmutableList<String> cmd,
    ImmutableMap<String, String> env,
    String user,
    String workingDir,
    ImmutableList<Integer> exposedPorts) {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public static ImageConfig command(String... cmd) {
    return new ImageConfig(
        ImmutableList.of(),
        ImmutableList.copyOf(cmd),
        ImmutableMap.of("PATH", PATH),
        "",
        "/",
        ImmutableList.of());
  }

  public ImageConfig withEntrypoint(String... words) {
    return new ImageConfig(ImmutableList.copyOf(words), cmd, env, user, workingDir, exposedPorts);
  }

  public ImageConfig withEnv(String name, String value) {
    var changed = ImmutableMap.<String, String>builder().putAll(env).put(name, value);
    return new ImageConfig(
        entrypoint, cmd, changed.buildKeepingLast(), user, workingDir, exposedPorts);
  }

  public ImageConfig withUser(String name) {
    return new ImageConfig(entrypoint, cmd, env, name, workingDir, exposedPorts);
  }

  public ImageConfig withWorkingDir(String directory) {
    return new ImageConfig(entrypoint, cmd, env, user, directory, exposedPorts);
  }

  public ImageConfig withPorts(Integer... ports) {
    return new ImageConfig(entrypoint, cmd, env, user, workingDir, ImmutableList.copyOf(ports));
  }
}
