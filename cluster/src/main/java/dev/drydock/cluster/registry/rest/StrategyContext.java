package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.storage.Transaction;
import java.util.function.Consumer;

/// What a strategy may look at: the store, time and randomness of the request, and who sends it.
///
/// @param warnings takes the texts of `Warning` headers
public record StrategyContext(Transaction transaction, UserInfo user, Consumer<String> warnings) {

  /// For a client that reads no warnings.
  public StrategyContext(Transaction transaction, UserInfo user) {
    this(transaction, user, _ -> {});
  }
}
