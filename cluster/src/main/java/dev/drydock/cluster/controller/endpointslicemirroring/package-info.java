/// Shows Endpoints that people made by hand as EndpointSlices, which is what services use.
@NullMarked
package dev.drydock.cluster.controller.endpointslicemirroring;

import org.jspecify.annotations.NullMarked;
