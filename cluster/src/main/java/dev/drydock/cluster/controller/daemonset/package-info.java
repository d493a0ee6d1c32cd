/// One pod on every node that a DaemonSet is meant for.
@NullMarked
package dev.drydock.cluster.controller.daemonset;

import org.jspecify.annotations.NullMarked;
