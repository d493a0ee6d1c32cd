/// The documents that describe the API to clients: kubectl validates, explains and merges by them.
@NullMarked
package dev.drydock.cluster.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
