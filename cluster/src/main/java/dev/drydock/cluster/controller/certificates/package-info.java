/// Signs certificate signing requests that are approved, and clears away old ones.
@NullMarked
package dev.drydock.cluster.controller.certificates;

import org.jspecify.annotations.NullMarked;
