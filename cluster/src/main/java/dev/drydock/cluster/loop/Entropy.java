package dev.drydock.cluster.loop;

import java.util.random.RandomGenerator;

/// A random generator whose whole state is one number, so that it can live in the cluster's state:
/// after a fork both futures draw the same numbers. SplitMix64.
final class Entropy implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  Entropy(long state) {
    this.state = state;
  }

  long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
