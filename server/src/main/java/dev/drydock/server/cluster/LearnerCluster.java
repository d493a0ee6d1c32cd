package dev.drydock.server.cluster;

import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.KubeConfig;

/// A learner's cluster and how the learner's kubectl reaches it.
public record LearnerCluster(Cluster cluster, KubeConfig kubeConfig) {}
