/// What a request asks for, read from its method, path and query.
@NullMarked
package dev.drydock.cluster.apiserver.request;

import org.jspecify.annotations.NullMarked;
