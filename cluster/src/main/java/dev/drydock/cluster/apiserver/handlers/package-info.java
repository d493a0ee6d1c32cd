/// The verbs of the API, from request to answer.
@NullMarked
package dev.drydock.cluster.apiserver.handlers;

import org.jspecify.annotations.NullMarked;
