/// Which pods stand behind a service.
@NullMarked
package dev.drydock.cluster.controller.endpointslice;

import org.jspecify.annotations.NullMarked;
