package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.util.List;

/// A program that takes CPU and memory, as examples about resources use it: both `stress --cpu 2
/// --vm 1 --vm-bytes 150M` and vish/stress's `-cpus 2 -mem-total 150Mi`.
///
/// @param cpus how many it keeps busy; with 0 it only holds memory
record Stress(int cpus, long bytes, boolean started) implements Program {
  private static final int CPUS_MAX = 64;

  /// One step stands for much work, so that keeping CPUs busy costs little here.
  private static final int WORK = 500;

  static Program of(ImmutableList<String> argv) {
    long workers = Math.max(1, number(argv, "--vm", "-m"));
    long each = number(argv, "--vm-bytes", "-mem-total");
    long cpus = Math.max(number(argv, "--cpu", "-c"), number(argv, "-cpus", "--cpus"));
    return new Stress((int) Math.min(CPUS_MAX, cpus), Math.min(workers, 1000) * each, false);
  }

  /// The value after a flag, with its unit; 0 where there is none.
  private static long number(List<String> argv, String flag, String other) {
    for (int i = 1; i < argv.size(); i++) {
      String word = argv.get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.equals(flag) || name.equals(other)) {
        return parse(
            equals >= 0 ? word.substring(equals + 1) : i + 1 < argv.size() ? argv.get(i + 1) : "");
      }
    }
    return 0;
  }

  private static long parse(String text) {
    String digits = text.replaceAll("[^0-9].*$", "");
    if (digits.isEmpty() || digits.length() > 9) {
      return 0;
    }
    String unit = text.substring(digits.length());
    int shift =
        switch (unit.isEmpty() ? ' ' : Character.toUpperCase(unit.charAt(0))) {
          case 'K' -> 10;
          case 'M' -> 20;
          case 'G' -> 30;
          default -> 0;
        };
    return Long.parseLong(digits) << shift;
  }

  @Override
  public long heldBytes() {
    return started ? bytes : 0;
  }

  @Override
  public long realBytes() {
    return 0;
  }

  @Override
  public int threads() {
    return Math.max(1, cpus);
  }

  @Override
  public Next step(Sys sys) {
    if (!started) {
      List.of(Signals.TERM, Signals.INT).forEach(sys::catchSignal);
      Io io = new Io(sys);
      io.line(
          "stress: info: [1] dispatching hogs: %d cpu, 0 io, %d vm, 0 hdd"
              .formatted(cpus, bytes > 0 ? 1 : 0));
      io.flush();
      return new Next.Go(new Stress(cpus, bytes, true));
    }
    if (!sys.pendingSignals().isEmpty()) {
      int signal = sys.takeSignal();
      return new Next.Exit(128 + signal);
    }
    if (cpus == 0) {
      return new Next.Block(this, Wait.forever());
    }
    sys.charge(WORK);
    return new Next.Go(this);
  }
}
