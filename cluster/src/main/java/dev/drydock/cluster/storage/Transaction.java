package dev.drydock.cluster.storage;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// What one request may see and change: the store, which it replaces by the next one, the time and
/// the source of randomness. Used by one thread, within one step of the loop; for reads it is
/// thrown away.
public final class Transaction {
  private Store store;
  private final Instant now;
  private final RandomGenerator random;

  public Transaction(Store store, Instant now, RandomGenerator random) {
    this.store = store;
    this.now = now;
    this.random = random;
  }

  public Store store() {
    return store;
  }

  public void replace(Store next) {
    store = next;
  }

  public Instant now() {
    return now;
  }

  public RandomGenerator random() {
    return random;
  }
}
