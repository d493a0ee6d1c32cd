package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.Io;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of an awk program's rules over a record: where its compiled parts find memory and
/// output.
final class AwkRun {
  static final int CALLS_MAX = 400;

  final AwkMemory memory;
  final Io io;
  int calls;

  AwkRun(AwkMemory memory, Io io) {
    this.memory = memory;
    this.io = io;
  }

  /// A compiled expression.
  interface Expression {
    AwkValue value(AwkRun run) throws UsageException;
  }

  /// A compiled statement.
  interface Statement {
    void run(AwkRun run) throws UsageException;
  }

  /// Something that can be assigned to.
  interface Place extends Expression {
    void assign(AwkRun run, AwkValue value) throws UsageException;
  }

  record Rule(char kind, @Nullable Expression first, @Nullable Expression second, Statement body) {}

  record Function(List<String> parameters, Statement body) {}

  /// Leaves what is being done.
  static final class Leave extends RuntimeException {
    /// `b` break, `c` continue, `n` next, `x` exit, `r` return.
    final char how;

    final transient AwkValue value;

    Leave(char how, AwkValue value) {
      super(null, null, false, false);
      this.how = how;
      this.value = value;
    }
  }
}
