package dev.drydock.server.terminal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/// What keeps a learner's shell from the rest of the machine.
public interface Sandbox {

  /// Whether it keeps anything back at all.
  boolean confines();

  /// One sentence about it, for the log and `doctor`.
  String description();

  /// The command that starts the planned shell, and its environment.
  Launch launch(ShellPlan plan);

  /// @param folder where the command itself is started
  record Launch(
      ImmutableList<String> command, ImmutableMap<String, String> environment, Path folder) {}

  /// The best sandbox of this machine.
  static Sandbox find() {
    return Bubblewrap.find().<Sandbox>map(found -> found).orElseGet(NoSandbox::new);
  }
}
