package dev.drydock.cluster.embedded;

import java.util.concurrent.Semaphore;

/// How many requests of one cluster are being answered, and the most that may be. One learner's
/// clients cannot use up the threads and memory that all clusters share.
///
/// Models apiserver/pkg/server/filters/maxinflight.go with its defaults; what upstream leaves
/// unlimited there, answers that go on (watches, followed logs), has a limit here.
final class InFlight {
  static final int READS_MAX = 400;
  static final int WRITES_MAX = 200;
  static final int STREAMS_MAX = 1_200;

  private final Semaphore reads = new Semaphore(READS_MAX);
  private final Semaphore writes = new Semaphore(WRITES_MAX);
  private final Semaphore streams = new Semaphore(STREAMS_MAX);

  Semaphore requests(boolean mutating) {
    return mutating ? writes : reads;
  }

  Semaphore streams() {
    return streams;
  }
}
