package dev.drydock.cluster.loop;

import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.cri.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// All that a component can do, during one reaction.
public interface ComponentContext {

  /// The API, as this component's system user.
  Client client();

  /// The cluster's keys, for controllers that sign.
  ClusterIdentity identity();

  Instant now();

  RandomGenerator random();

  /// Sets a timer of this component; setting one of the same name again moves it.
  void setTimer(String name, Instant at);

  default void setTimer(String name, Duration fromNow) {
    setTimer(name, now().plus(fromNow));
  }

  void cancelTimer(String name);

  /// The containers of the nodes; for the kubelet and the proxy alone.
  ContainerRuntime runtime();
}
