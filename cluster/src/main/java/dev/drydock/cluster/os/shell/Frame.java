package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.shell.Node.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;

/// What a shell still has to do: one entry of its continuation.
///
/// `tested` says that the command's status is looked at, so that `set -e` does not end the shell.
sealed interface Frame {
  record Run(Node node, boolean tested) implements Frame {}

  record Items(ImmutableList<Item> items, int next, boolean tested) implements Frame {}

  record Right(boolean and, Node node, boolean tested) implements Frame {}

  record Negate() implements Frame {}

  record Choose(Node.If node, int clause, boolean tested) implements Frame {}

  /// @param status of the body when it ran last
  record Again(Node.Loop node, boolean evaluated, int status, boolean tested) implements Frame {}

  record Each(Node.For node, ImmutableList<String> values, int next, boolean tested)
      implements Frame {}

  /// A command whose words are being expanded; command substitutions done so far have left their
  /// outputs in `results`, and the expansion is done again from the start with them.
  record Expand(Node node, ImmutableList<String> results, boolean tested) implements Frame {}

  /// Reads the output of a command substitution for the frame below.
  record Capture(int handle, int descriptor, String text, boolean ended) implements Frame {}

  /// Waits for the commands of a pipeline; the status is that of the last.
  record Await(ImmutableList<Integer> handles, ImmutableList<Integer> statuses, boolean tested)
      implements Frame {}

  /// Puts descriptors back: number and where it was kept, or -1 if it was closed.
  record Restore(ImmutableList<Saved> saved) implements Frame {
    record Saved(int descriptor, int kept) {}
  }

  /// The end of a function: what it shadowed comes back.
  record Call(PVector<String> positional, PMap<String, Shadowed> shadowed) implements Frame {}

  /// The end of a command with its own assignments.
  record Unassign(ImmutableMap<String, Shadowed> shadowed) implements Frame {}

  /// A variable as it was; null if it was unset.
  record Shadowed(@Nullable Variable variable) {}

  /// A text of which commands are left to read.
  ///
  /// @param file true for a sourced file, which `return` ends
  record Script(String text, int position, int line, boolean file) implements Frame {}

  /// Commands come from standard input.
  ///
  /// @param incomplete lines of a command that goes on
  record Input(String incomplete, int line, boolean prompted) implements Frame {}

  /// The `read` builtin.
  record Read(
      ImmutableList<String> names, boolean raw, String text, @Nullable Instant deadline, int max)
      implements Frame {}

  /// The `wait` builtin.
  ///
  /// @param handles empty for all
  record WaitFor(ImmutableList<Integer> handles) implements Frame {}

  /// The end of a trap: the status from before comes back.
  record TrapDone(int status) implements Frame {}

  /// Brings the ends of pipes in place in a new process.
  record Plumb(int input, int output, ImmutableList<Integer> close) implements Frame {}
}
