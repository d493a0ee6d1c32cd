/// Leads connections to services to their endpoints, and gives services their names.
@NullMarked
package dev.drydock.cluster.proxy;

import org.jspecify.annotations.NullMarked;
