/// The API server as a function: a request and the state in, an answer and the next state out.
@NullMarked
package dev.drydock.cluster.apiserver;

import org.jspecify.annotations.NullMarked;
