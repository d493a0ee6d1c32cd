/// The built-in admission plugins.
@NullMarked
package dev.drydock.cluster.admission.plugin;

import org.jspecify.annotations.NullMarked;
