package dev.drydock.cluster.loop;

/// Keeps what a loop does before anybody hears of it. Called by one thread at a time, after each
/// step that changed something.
@FunctionalInterface
public interface Ledger {
  /// For clusters that live in memory alone.
  Ledger NONE = (_, _) -> {};

  /// @throws UnkeptException when the step cannot be kept; the state then stays as it was before
  void keep(ClusterState before, ClusterState after);

  /// A step could not be kept, and so has not happened; the message is one sentence for people.
  final class UnkeptException extends RuntimeException {
    public UnkeptException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
