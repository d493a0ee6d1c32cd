/// The API as components use it: a client, work queues, and the recorder of events.
@NullMarked
package dev.drydock.cluster.client;

import org.jspecify.annotations.NullMarked;
