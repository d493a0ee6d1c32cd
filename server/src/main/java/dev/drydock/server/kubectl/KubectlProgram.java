package dev.drydock.server.kubectl;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/// Where kubectl is; the first question may take long, because the answer may have to be fetched.
@FunctionalInterface
public interface KubectlProgram {
  Path path() throws KubectlException;

  /// The one for the terminal, looked for once. Not finding it is not remembered.
  static KubectlProgram forTerminal() {
    AtomicReference<Path> found = new AtomicReference<>();
    return () -> {
      synchronized (found) {
        Path known = found.get();
        if (known == null) {
          known = Kubectl.locate().path();
          found.set(known);
        }
        return known;
      }
    };
  }
}
