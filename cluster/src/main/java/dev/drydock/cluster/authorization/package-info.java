/// Who may do what.
@NullMarked
package dev.drydock.cluster.authorization;

import org.jspecify.annotations.NullMarked;
