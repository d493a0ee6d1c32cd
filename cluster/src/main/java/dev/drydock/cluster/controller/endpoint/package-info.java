/// Keeps Endpoints for services, as clients from before EndpointSlices want them.
@NullMarked
package dev.drydock.cluster.controller.endpoint;

import org.jspecify.annotations.NullMarked;
