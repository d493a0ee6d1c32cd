package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.IntTreePMap;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// A process as a value. It is a class with fields and not a record because a step changes many of
/// them: the kernel changes only copies that it has made itself within the step ({@link
/// Kernel#edit}), and never one that a state holds.
final class Process implements Rewritable {
  /// Output that a descriptor had no room for.
  record Unsent(int descriptor, String bytes) {}

  /// Unique in the cluster.
  final int id;

  /// As its container sees it.
  final int pid;

  /// Which container confines it.
  final String compartment;

  final Instant startedAt;

  /// Id of the parent; 0 for those the runtime started.
  int parent;

  Program program;
  ImmutableList<String> argv;
  ImmutableMap<String, String> env = ImmutableMap.of();

  /// Keys of open files by number; those from {@link #CLOSED_BY_EXEC} on are closed by exec.
  IntTreePMap<Integer> descriptors = IntTreePMap.empty();

  String directory = "/";
  int uid;
  int gid;
  int umask = 022;

  /// Null if it can run.
  @Nullable Wait wait;

  /// It does not run until these are gone.
  PVector<Unsent> unsent = TreePVector.empty();

  PSet<Integer> ignored = HashTreePSet.empty();
  PSet<Integer> caught = HashTreePSet.empty();
  PSet<Integer> pending = HashTreePSet.empty();
  boolean stopped;

  /// Null until it ended; then its exit status (128 + n after signal n), kept for the parent.
  @Nullable Integer zombie;

  /// The signal that ended it, or 0.
  int endedBy;

  /// The controlling terminal; 0 for none.
  int terminal;

  long steps;

  /// What its program says it holds, and what of that this JVM really holds.
  long heldBytes;

  long realBytes;

  static final int CLOSED_BY_EXEC = 10;

  Process(
      int id,
      int pid,
      String compartment,
      Program program,
      ImmutableList<String> argv,
      Instant now) {
    this.id = id;
    this.pid = pid;
    this.compartment = compartment;
    this.program = program;
    this.argv = argv;
    this.startedAt = now;
  }

  /// A copy under another identity, as fork makes it.
  Process copyAs(int newId, int newPid, Instant now) {
    Process copy = new Process(newId, newPid, compartment, program, argv, now);
    copy.parent = parent;
    copy.inherit(this);
    return copy;
  }

  Process copy() {
    return copyOf(program, startedAt, wait);
  }

  @Override
  public Object rewritten(UnaryOperator<Object> change) {
    Program otherProgram = (Program) change.apply(program);
    Instant otherStart = (Instant) change.apply(startedAt);
    Wait otherWait = wait == null ? null : (Wait) change.apply(wait);
    return otherProgram == program && otherStart.equals(startedAt) && otherWait == wait
        ? this
        : copyOf(otherProgram, otherStart, otherWait);
  }

  private Process copyOf(Program otherProgram, Instant start, @Nullable Wait otherWait) {
    Process copy = new Process(id, pid, compartment, otherProgram, argv, start);
    copy.inherit(this);
    copy.parent = parent;
    copy.wait = otherWait;
    copy.unsent = unsent;
    copy.pending = pending;
    copy.stopped = stopped;
    copy.zombie = zombie;
    copy.endedBy = endedBy;
    copy.steps = steps;
    copy.heldBytes = heldBytes;
    copy.realBytes = realBytes;
    return copy;
  }

  private void inherit(Process other) {
    env = other.env;
    descriptors = other.descriptors;
    directory = other.directory;
    uid = other.uid;
    gid = other.gid;
    umask = other.umask;
    ignored = other.ignored;
    caught = other.caught;
    terminal = other.terminal;
  }
}
