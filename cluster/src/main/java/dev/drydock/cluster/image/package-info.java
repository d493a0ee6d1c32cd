/// Container images as data: a file system, a program and its configuration, found by reference.
@NullMarked
package dev.drydock.cluster.image;

import org.jspecify.annotations.NullMarked;
