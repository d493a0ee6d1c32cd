/// The cluster's network as a value: addresses, listeners, connections, virtual service addresses
/// and names. No packets: a connection is two queues of bytes.
@NullMarked
package dev.drydock.cluster.network;

import org.jspecify.annotations.NullMarked;
