package dev.drydock.server.terminal;

import com.google.common.collect.ImmutableMap;
import java.io.File;

/// No sandbox: the shell is the user's own, on the user's own machine.
final class NoSandbox implements Sandbox {
  @Override
  public boolean confines() {
    return false;
  }

  @Override
  public String description() {
    return "no sandbox: terminals can do what you can do on this machine";
  }

  @Override
  public Launch launch(ShellPlan plan) {
    String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return new Launch(
        ShellProgram.command(plan.startup().toString()),
        ImmutableMap.<String, String>builder()
            .put("HOME", plan.home().toString())
            .put("KUBECONFIG", plan.home().resolve(".kube/config").toString())
            .put("PATH", plan.kubectl().getParent() + File.pathSeparator + path)
            .put("TERM", "xterm-256color")
            .put("LANG", "C.UTF-8")
            .build(),
        plan.home().resolve(plan.folder()));
  }
}
