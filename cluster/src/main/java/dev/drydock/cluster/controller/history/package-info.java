/// The revisions of the kinds that keep their history in ControllerRevisions.
@NullMarked
package dev.drydock.cluster.controller.history;

import org.jspecify.annotations.NullMarked;
