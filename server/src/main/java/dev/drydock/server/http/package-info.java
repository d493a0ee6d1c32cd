/// The HTTP face: who may ask, what is asked for, what is answered.
@NullMarked
package dev.drydock.server.http;

import org.jspecify.annotations.NullMarked;
