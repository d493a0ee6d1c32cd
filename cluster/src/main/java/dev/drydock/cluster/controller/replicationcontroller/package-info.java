/// As many pods as a ReplicationController asks for.
@NullMarked
package dev.drydock.cluster.controller.replicationcontroller;

import org.jspecify.annotations.NullMarked;
