@NullMarked
package dev.drydock.server;

import org.jspecify.annotations.NullMarked;
