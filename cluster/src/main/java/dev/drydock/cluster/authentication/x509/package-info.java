/// Client certificates: who they say sends a request, and signing them.
@NullMarked
package dev.drydock.cluster.authentication.x509;

import org.jspecify.annotations.NullMarked;
