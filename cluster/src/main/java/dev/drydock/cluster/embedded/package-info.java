/// The embedded cluster: a Kubernetes that lives in the JVM, as one immutable value stepped by one
/// loop.
@NullMarked
package dev.drydock.cluster.embedded;

import org.jspecify.annotations.NullMarked;
