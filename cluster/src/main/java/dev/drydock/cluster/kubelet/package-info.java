/// The agent of a node: runs the pods assigned to it, and tells the API how they are.
@NullMarked
package dev.drydock.cluster.kubelet;

import org.jspecify.annotations.NullMarked;
