/// A Kubernetes cluster as a Java object. Most users need {@link dev.drydock.cluster.Cluster} and
/// {@link dev.drydock.cluster.embedded.EmbeddedCluster}; the packages below are its rooms.
@NullMarked
package dev.drydock.cluster;

import org.jspecify.annotations.NullMarked;
