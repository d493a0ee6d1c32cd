/// The learners' clusters: made when first needed, pictured for the pages, written to by kubectl.
@NullMarked
package dev.drydock.server.cluster;

import org.jspecify.annotations.NullMarked;
