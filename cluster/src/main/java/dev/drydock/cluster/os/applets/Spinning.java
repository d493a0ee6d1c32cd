package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;

/// What becomes of a program whose computation would take unreasonably long (a pathological regular
/// expression, an endless loop in awk): it uses CPU time until it is killed, as the real one would.
record Spinning() implements Program {
  @Override
  public Next step(Sys sys) {
    sys.charge(20);
    return new Next.Go(this);
  }
}
