/// Certificate signing requests.
@NullMarked
package dev.drydock.cluster.registry.certificates.certificatesigningrequest;

import org.jspecify.annotations.NullMarked;
