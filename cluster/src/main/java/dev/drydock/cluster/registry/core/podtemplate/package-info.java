/// The rules of pod templates that stand alone.
@NullMarked
package dev.drydock.cluster.registry.core.podtemplate;

import org.jspecify.annotations.NullMarked;
