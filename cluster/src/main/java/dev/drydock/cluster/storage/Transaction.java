package dev.drydock.cluster.storage;

import dev.drydock.cluster.authentication.ClusterIdentity;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What one request may see and change: the store, which it replaces by the next one, the time and
/// the source of randomness. Used by one thread, within one step of the loop; for reads it is
/// thrown away.
public final class Transaction {
  private Store store;
  private final ClusterIdentity identity;
  private final Instant now;
  private final RandomGenerator random;

  public Transaction(Store store, ClusterIdentity identity, Instant now, RandomGenerator random) {
    this.store = store;
    this.identity = identity;
    this.now = now;
    this.random = random;
  }

  public Store store() {
    return store;
  }

  public void replace(Store next) {
    store = next;
  }

  public ClusterIdentity identity() {
    return identity;
  }

  public Instant now() {
    return now;
  }

  public RandomGenerator random() {
    return random;
  }
}
