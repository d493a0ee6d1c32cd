/// What etcd is to a Kubernetes: every object by key, one revision counter, and the history that
/// watches follow. All immutable.
@NullMarked
package dev.drydock.cluster.storage;

import org.jspecify.annotations.NullMarked;
