/// Evicts pods from nodes whose taints they do not tolerate.
@NullMarked
package dev.drydock.cluster.controller.tainteviction;

import org.jspecify.annotations.NullMarked;
