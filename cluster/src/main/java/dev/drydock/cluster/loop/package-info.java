/// The paced loop that steps one cluster: inputs, components, timers and container programs, one at
/// a time, in a defined order.
@NullMarked
package dev.drydock.cluster.loop;

import org.jspecify.annotations.NullMarked;
