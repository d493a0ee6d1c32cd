package dev.drydock.server.terminal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A sandbox of Linux namespaces made by bubblewrap: own user, processes, and view of the file
/// system, where the programs of the machine can be read and only the learner's home can be
/// written.
///
/// The network is the machine's, because the cluster's port is reached through it. The terminal is
/// not taken away (`--new-session`): it is a pseudo-terminal of the sandbox's own, so that pushing
/// characters into it reaches nobody else, and without it there is no job control.
final class Bubblewrap implements Sandbox {
  private static final String HOME = "/home/learner";
  private static final String STARTUP = "/etc/drydock/bashrc";
  private static final String PROGRAMS = "/opt/drydock/bin";
  private static final int TMP_BYTES_MAX = 64 << 20;
  private static final int PROBE_SECONDS_MAX = 5;

  /// Of /etc only what programs need to run; never keys, shadow or the machine's own settings.
  private static final ImmutableList<String> ETC =
      ImmutableList.of(
          "alternatives",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "nsswitch.conf",
          "ssl/certs",
          "ca-certificates",
          "localtime",
          "terminfo",
          "inputrc",
          "vim",
          "nanorc",
          "hosts",
          "resolv.conf");

  /// Core files, processes (`-p` in the plain shell), file size in blocks of 512 bytes, memory in
  /// KiB. kubectl alone maps more than one GiB of address space.
  private static final String LIMITS =
      "ulimit -c 0; ulimit -u 400 2>/dev/null || ulimit -p 400; ulimit -f 400000; ulimit -v 6000000;";

  private final Path bwrap;

  private Bubblewrap(Path bwrap) {
    this.bwrap = bwrap;
  }

  /// Bubblewrap, where it is installed and allowed to make namespaces.
  static Optional<Bubblewrap> find() {
    return List.of("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap").stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .map(Bubblewrap::new)
        .filter(Bubblewrap::works)
        .findFirst();
  }

  private boolean works() {
    try {
      List<String> command =
          ImmutableList.<String>builder().addAll(confinement()).add("--", "/bin/true").build();
      Process probe =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!probe.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS)) {
        probe.destroyForcibly();
        return false;
      }
      return probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean confines() {
    return true;
  }

  @Override
  public String description() {
    return "bubblewrap: terminals see the machine's programs and the learner's own files only";
  }

  @Override
  public Launch launch(ShellPlan plan) {
    ImmutableList.Builder<String> command =
        ImmutableList.<String>builder()
            .addAll(confinement())
            .add("--bind", plan.home().toString(), HOME)
            .add("--ro-bind", plan.kubectl().toString(), PROGRAMS + "/kubectl")
            .add("--ro-bind", plan.startup().toString(), STARTUP)
            .add("--chdir", HOME + "/" + plan.folder())
            .add("--clearenv");
    environment().forEach((name, value) -> command.add("--setenv", name, value));
    command.add("--", "/bin/sh", "-c", LIMITS + " exec \"$@\"", "sh");
    command.addAll(ShellProgram.command(STARTUP));
    return new Launch(command.build(), ImmutableMap.of("PATH", "/usr/bin:/bin"), plan.home());
  }

  private static ImmutableMap<String, String> environment() {
    return ImmutableMap.<String, String>builder()
        .put("HOME", HOME)
        .put("USER", "learner")
        .put("LOGNAME", "learner")
        .put("KUBECONFIG", HOME + "/.kube/config")
        .put("PATH", PROGRAMS + ":/usr/local/bin:/usr/bin:/bin")
        .put("TERM", "xterm-256color")
        .put("LANG", "C.UTF-8")
        .build();
  }

  /// bubblewrap with everything but the learner's own mounts.
  private ImmutableList<String> confinement() {
    ImmutableList.Builder<String> command =
        ImmutableList.<String>builder()
            .add(bwrap.toString(), "--die-with-parent")
            .add("--unshare-user", "--uid", "1000", "--gid", "1000")
            .add("--unshare-pid", "--unshare-ipc", "--unshare-cgroup-try")
            .add("--unshare-uts", "--hostname", "drydock")
            .add("--ro-bind", "/usr", "/usr");
    for (String folder : List.of("/bin", "/sbin", "/lib", "/lib64")) {
      command.addAll(sameAs(Path.of(folder)));
    }
    for (String part : ETC) {
      command.add("--ro-bind-try", "/etc/" + part, "/etc/" + part);
    }
    return command
        .add("--proc", "/proc", "--dev", "/dev")
        .add("--size", String.valueOf(TMP_BYTES_MAX), "--tmpfs", "/tmp")
        .add("--dir", HOME)
        .build();
  }

  /// Where the machine has a link (`/bin` to `usr/bin`), the same link; else the folder.
  private static ImmutableList<String> sameAs(Path folder) {
    try {
      return Files.isSymbolicLink(folder)
          ? ImmutableList.of(
              "--symlink", Files.readSymbolicLink(folder).toString(), folder.toString())
          : ImmutableList.of("--ro-bind-try", folder.toString(), folder.toString());
    } catch (IOException e) {
      return ImmutableList.of();
    }
  }
}
