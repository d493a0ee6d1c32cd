/// What `kubectl get` shows of each kind: the server-side tables.
@NullMarked
package dev.drydock.cluster.printers;

import org.jspecify.annotations.NullMarked;
