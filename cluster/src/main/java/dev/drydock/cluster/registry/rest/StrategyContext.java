package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.storage.Transaction;

/// What a strategy may look at: the store, time and randomness of the request, and who sends it.
public record StrategyContext(Transaction transaction, UserInfo user) {}
