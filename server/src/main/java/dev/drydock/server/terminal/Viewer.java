package dev.drydock.server.terminal;

/// A page that shows a shell. Calls come one at a time and must not block.
public interface Viewer {
  /// The shell is there; this is what it printed so far.
  void replay(byte[] earlier);

  void output(byte[] bytes);

  /// The shell has ended; nothing follows.
  void ended(String message);
}
