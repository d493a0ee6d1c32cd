package dev.drydock.cluster.os;

/// A running program as a value: code and continuation of one process. {@link #step} does a bounded
/// piece of work and answers with the program as it goes on; the instance itself never changes, so
/// a kernel state that holds it can be kept and run again.
public interface Program {

  /// Does a bounded piece of work through system calls.
  Next step(Sys sys);

  /// Bytes of memory the program holds, its code left out.
  default long heldBytes() {
    return 0;
  }

  /// How much of {@link #heldBytes} this JVM really holds.
  default long realBytes() {
    return heldBytes();
  }

  /// Bytes of memory a real one would take at rest.
  default long baseBytes() {
    return 300_000;
  }

  /// Whether whoever asks this program for its health gets the same answer as long as it runs, so
  /// that asking once is enough.
  default boolean isSteady() {
    return false;
  }

  /// Thousandths of a CPU a real one takes while nobody asks anything of it.
  default int restingCpuMillis() {
    return 0;
  }

  /// How many CPUs a real one can keep busy at a time.
  default int threads() {
    return 1;
  }
}
