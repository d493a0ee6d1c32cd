package dev.drydock.cluster.loop;

import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.storage.Transaction;

/// Makes the in-process client of a component for one step; how the loop gets at the API server
/// without knowing it.
@FunctionalInterface
public interface ClientFactory {
  Client client(String component, Transaction transaction, ContainerRuntime runtime);
}
